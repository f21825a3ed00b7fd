//! Service levels: what is promised, to decide on and to show.

mod book;
mod names;
mod queue;

use std::sync::Arc;

use async_trait::async_trait;
use helpdesk_domain::kernel::id::{CalendarId, OrganizationId, PolicyId};
use helpdesk_domain::kernel::text::Label;
use helpdesk_domain::kernel::{Page, PageRequest, Reference, StoreError};
use helpdesk_domain::sla::port::{SlaOrder, SlaQuery, SlaRepository};
use helpdesk_domain::sla::{Book, Calendar, CalendarState, CalendarView, Policy, PolicyView};
use helpdesk_domain::ticket::Ticket;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic, QueryFilter, QueryResult, QueryTrait, Select};

pub(crate) use book::Books;

use crate::Store;
use crate::column::{from_json, moment};
use crate::entity::{sla_calendar, sla_policy};
use crate::fault::fault;
use crate::page::{self, Key, Keys};
use crate::taxonomy::catalog::containing;

/// The number of where the clock of a ticket's resolution is.
pub(crate) fn phase(ticket: &Ticket) -> i16 {
    let paused = ticket.stands_since();
    let is_late = |at| ticket.due().is_some_and(|due| due < at);
    match (ticket.done_at(), paused) {
        (Some(done), _) => 2 + i16::from(is_late(done)),
        (None, Some(since)) if is_late(since) => 4,
        (None, Some(_)) => 1,
        (None, None) => 0,
    }
}

/// The organization's calendars; every query starts here.
fn calendars(organization: i64) -> Select<sla_calendar::Entity> {
    sla_calendar::Entity::find().filter(sla_calendar::Column::Organization.eq(organization))
}

/// The organization's policies; every query starts here.
fn policies(organization: i64) -> Select<sla_policy::Entity> {
    sla_policy::Entity::find().filter(sla_policy::Column::Organization.eq(organization))
}

#[async_trait]
impl SlaRepository for Store {
    async fn book(&self, organization: OrganizationId) -> Result<Arc<Book>, StoreError> {
        self.promises(organization).await
    }

    async fn calendar(&self, organization: OrganizationId, calendar: &Reference) -> Result<Option<Calendar>, StoreError> {
        let row = self.calendar_row(organization, calendar).await?;
        row.map(|row| calendar_of(organization, row)).transpose().map_err(fault)
    }

    async fn policy(&self, organization: OrganizationId, policy: &Reference) -> Result<Option<Policy>, StoreError> {
        let book = self.promises(organization).await?;
        let id = match policy {
            Reference::Id(id) => PolicyId(*id),
            Reference::Serial(_) => match self.policy_row(organization, policy).await? {
                Some(row) => PolicyId(row.id),
                None => return Ok(None),
            },
            Reference::Name(_) => return Ok(None),
        };
        Ok(book.policies.iter().map(|(policy, _)| policy).find(|policy| policy.id == id).cloned())
    }

    async fn calendar_view(
        &self,
        organization: OrganizationId,
        calendar: &Reference,
    ) -> Result<Option<CalendarView>, StoreError> {
        let row = self.calendar_row(organization, calendar).await?;
        row.map(calendar_view).transpose().map_err(fault)
    }

    async fn policy_view(&self, organization: OrganizationId, policy: &Reference) -> Result<Option<PolicyView>, StoreError> {
        let row = self.policy_row(organization, policy).await?;
        let shown = names::shown(self.reader(), row.into_iter().collect()).await.map_err(fault)?;
        Ok(shown.into_iter().next())
    }

    async fn calendars(
        &self,
        organization: OrganizationId,
        query: &SlaQuery,
        page: &PageRequest,
    ) -> Result<Page<CalendarView>, StoreError> {
        use sla_calendar::{Column, Entity};
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(nothing(page)) };
        let mut found = calendars(organization);
        if let Some(text) = &query.search {
            found = found.filter(Expr::col((Entity, Column::NameKey)).like(containing(&text.to_lowercase())));
        }
        let (name, serial) = (|| key(Entity, Column::NameKey, true), || key(Entity, Column::Serial, false));
        let columns = match query.order {
            SlaOrder::Position | SlaOrder::Name => vec![name(), serial()],
            SlaOrder::CreatedAt => vec![serial()],
        };
        let keys = Keys { columns, descending: query.descending };
        let make = |row: &QueryResult| calendar_view(sla_calendar::Model::from_query_result(row, "")?);
        page::read(self.reader(), found.into_query(), &keys, page, make).await.map_err(fault)
    }

    async fn policies(
        &self,
        organization: OrganizationId,
        query: &SlaQuery,
        page: &PageRequest,
    ) -> Result<Page<PolicyView>, StoreError> {
        use sla_policy::{Column, Entity};
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(nothing(page)) };
        let mut found = policies(organization);
        if let Some(text) = &query.search {
            found = found.filter(Expr::col((Entity, Column::NameKey)).like(containing(&text.to_lowercase())));
        }
        let serial = || key(Entity, Column::Serial, false);
        let columns = match query.order {
            SlaOrder::Position => vec![key(Entity, Column::Position, false), serial()],
            SlaOrder::Name => vec![key(Entity, Column::NameKey, true), serial()],
            SlaOrder::CreatedAt => vec![serial()],
        };
        let keys = Keys { columns, descending: query.descending };
        let make = |row: &QueryResult| sla_policy::Model::from_query_result(row, "");
        let rows = page::read(self.reader(), found.into_query(), &keys, page, make).await.map_err(fault)?;
        let Page { items, total, next } = rows;
        Ok(Page { items: names::shown(self.reader(), items).await.map_err(fault)?, total, next })
    }
}

impl Store {
    async fn calendar_row(
        &self,
        organization: OrganizationId,
        calendar: &Reference,
    ) -> Result<Option<sla_calendar::Model>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(None) };
        let is_meant = match calendar {
            Reference::Id(id) => sla_calendar::Column::Id.eq(*id),
            Reference::Serial(serial) => sla_calendar::Column::Serial.eq(*serial),
            Reference::Name(_) => return Ok(None),
        };
        calendars(organization).filter(is_meant).one(self.reader()).await.map_err(fault)
    }

    async fn policy_row(
        &self,
        organization: OrganizationId,
        policy: &Reference,
    ) -> Result<Option<sla_policy::Model>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(None) };
        let is_meant = match policy {
            Reference::Id(id) => sla_policy::Column::Id.eq(*id),
            Reference::Serial(serial) => sla_policy::Column::Serial.eq(*serial),
            Reference::Name(_) => return Ok(None),
        };
        policies(organization).filter(is_meant).one(self.reader()).await.map_err(fault)
    }
}

fn nothing<T>(page: &PageRequest) -> Page<T> {
    Page { items: Vec::new(), total: page.wants_count().then_some(0), next: None }
}

fn key<E: EntityTrait>(table: E, column: E::Column, is_text: bool) -> Key {
    Key { name: column.as_str().to_owned(), expression: Expr::col((table, column)), is_text }
}

fn calendar_of(organization: OrganizationId, row: sla_calendar::Model) -> Result<Calendar, DbErr> {
    let sla_calendar::Model { serial: _, id, organization: _, name, name_key: _, form, created_at, updated_at, revision } = row;
    Ok(Calendar::restored(CalendarState {
        id: CalendarId(id),
        organization,
        name: Label::trusted(name),
        hours: from_json(&form)?,
        created_at: moment(created_at)?,
        updated_at: moment(updated_at)?,
        revision,
    }))
}

fn calendar_view(row: sla_calendar::Model) -> Result<CalendarView, DbErr> {
    let sla_calendar::Model { serial, id, organization: _, name, name_key: _, form, created_at, updated_at, revision } = row;
    Ok(CalendarView {
        id: CalendarId(id),
        serial,
        name,
        form: from_json(&form)?,
        created_at: moment(created_at)?,
        updated_at: moment(updated_at)?,
        revision,
    })
}
