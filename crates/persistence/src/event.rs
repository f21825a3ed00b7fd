//! Reading the event log.

use async_trait::async_trait;
use helpdesk_domain::event::port::EventRepository;
use helpdesk_domain::event::{CatalogKind, Event, Recorded, Subject};
use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::kernel::id::{ArticleId, EventId, FaqId, FileId, OrganizationId, TicketId, UserId, WorkOrderId};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::Store;
use crate::column::{damaged, from_json, moment};
use crate::entity::{event, organization};
use crate::fault::fault;
use crate::sql::Sql;

/// A reader that has no row yet is at the beginning.
const BEHIND: &str = "SELECT organization.id, COALESCE(consumer_position.position, 0) FROM organization \
    LEFT JOIN consumer_position ON consumer_position.organization = organization.serial AND consumer_position.consumer = ? \
    WHERE organization.last_event_position > COALESCE(consumer_position.position, 0) ORDER BY organization.serial LIMIT ?";

const PLACE: &str = "SELECT COALESCE((SELECT position FROM consumer_position \
    WHERE consumer = ? AND organization = (SELECT serial FROM organization WHERE id = ?)), 0)";

#[async_trait]
impl EventRepository for Store {
    async fn after(&self, organization: OrganizationId, after: i64, limit: u64) -> Result<Vec<Recorded>, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(Vec::new()) };
        let rows = event::Entity::find()
            .filter(event::Column::Organization.eq(serial))
            .filter(event::Column::Position.gt(after))
            .order_by_asc(event::Column::Position)
            .limit(limit)
            .all(self.reader())
            .await
            .map_err(fault)?;
        rows.into_iter().map(|row| recorded(organization, row)).collect::<Result<_, _>>().map_err(fault)
    }

    async fn behind(&self, consumer: &'static str, limit: u64) -> Result<Vec<(OrganizationId, i64)>, StoreError> {
        let behind = Sql::new(BEHIND, [consumer.into(), limit.cast_signed().into()]);
        let found = behind.all(self.reader(), |row| Ok((OrganizationId(row.next()?), row.next()?)));
        found.await.map_err(fault)
    }

    async fn place(&self, consumer: &'static str, organization: OrganizationId) -> Result<i64, StoreError> {
        Sql::new(PLACE, [consumer.into(), organization.0.into()]).number(self.reader()).await.map_err(fault)
    }

    async fn last_position(&self, organization: OrganizationId) -> Result<i64, StoreError> {
        let last = organization::Entity::find().filter(organization::Column::Id.eq(organization.0)).one(self.reader());
        Ok(last.await.map_err(fault)?.map_or(0, |row| row.last_event_position))
    }
}

pub(crate) fn recorded(organization: OrganizationId, row: event::Model) -> Result<Recorded, DbErr> {
    let event::Model { organization: _, position, id, subject_kind, subject_id, actor_id, actor_name, at, payload, origin } = row;
    let subject = match subject_kind.as_str() {
        "ticket" => Subject::Ticket(TicketId(subject_id)),
        "user" => Subject::User(UserId(subject_id)),
        "category" => Subject::Catalog(CatalogKind::Category, subject_id),
        "tag" => Subject::Catalog(CatalogKind::Tag, subject_id),
        "department" => Subject::Catalog(CatalogKind::Department, subject_id),
        "template" => Subject::Catalog(CatalogKind::Template, subject_id),
        "article_category" => Subject::Catalog(CatalogKind::ArticleCategory, subject_id),
        "sla_calendar" => Subject::Catalog(CatalogKind::Calendar, subject_id),
        "sla_policy" => Subject::Catalog(CatalogKind::Policy, subject_id),
        "route" => Subject::Catalog(CatalogKind::Route, subject_id),
        "webhook" => Subject::Catalog(CatalogKind::Webhook, subject_id),
        "filter" => Subject::Catalog(CatalogKind::Filter, subject_id),
        "customer" => Subject::Catalog(CatalogKind::Customer, subject_id),
        "location" => Subject::Catalog(CatalogKind::Location, subject_id),
        "rule" => Subject::Catalog(CatalogKind::Rule, subject_id),
        "macro" => Subject::Catalog(CatalogKind::Macro, subject_id),
        "work_order" => Subject::WorkOrder(WorkOrderId(subject_id)),
        "faq" => Subject::Faq(FaqId(subject_id)),
        "article" => Subject::Article(ArticleId(subject_id)),
        "file" => Subject::File(FileId(subject_id)),
        "organization" => Subject::Organization(organization),
        other => return Err(damaged("subject", other)),
    };
    let (actor, at, happened) = (actor_id.map(UserId), moment(at)?, from_json(&payload)?);
    let origin = origin.as_deref().map(from_json).transpose()?;
    Ok(Recorded { id: EventId(id), position, event: Event { organization, subject, actor, actor_name, origin, at, happened } })
}
