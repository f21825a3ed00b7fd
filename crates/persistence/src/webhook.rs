//! Webhooks, to decide on and to show.

use async_trait::async_trait;
use helpdesk_domain::kernel::id::{OrganizationId, WebhookId};
use helpdesk_domain::kernel::text::Label;
use helpdesk_domain::kernel::{Page, PageRequest, Reference, StoreError};
use helpdesk_domain::webhook::port::WebhookRepository;
use helpdesk_domain::webhook::{EventFilter, Webhook, WebhookState, WebhookView};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DbErr, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter, QueryResult, QueryTrait, Select};

use crate::Store;
use crate::column::{from_json, moment};
use crate::entity::webhook::{Column, Entity, Model};
use crate::fault::fault;
use crate::page::{self, Key, Keys};

/// The organization's webhooks; every query starts here.
fn in_organization(organization: i64) -> Select<Entity> {
    Entity::find().filter(Column::Organization.eq(organization))
}

#[async_trait]
impl WebhookRepository for Store {
    async fn find(&self, organization: OrganizationId, webhook: &Reference) -> Result<Option<Webhook>, StoreError> {
        Ok(self.view(organization, webhook).await?.map(|view| view.webhook))
    }

    async fn view(&self, organization: OrganizationId, webhook: &Reference) -> Result<Option<WebhookView>, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(None) };
        let meant = match webhook {
            Reference::Id(id) => Column::Id.eq(*id),
            Reference::Serial(serial) => Column::Serial.eq(*serial),
            Reference::Name(_) => return Ok(None),
        };
        let row = in_organization(serial).filter(meant).one(self.reader()).await.map_err(fault)?;
        row.map(|row| view(organization, row)).transpose().map_err(fault)
    }

    async fn page(&self, organization: OrganizationId, page: &PageRequest) -> Result<Page<WebhookView>, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else {
            return Ok(Page { items: Vec::new(), total: page.wants_count().then_some(0), next: None });
        };
        let newest = Key { name: "serial".to_owned(), expression: Expr::col((Entity, Column::Serial)), is_text: false };
        let keys = Keys { columns: vec![newest], descending: true };
        let read = |row: &QueryResult| view(organization, Model::from_query_result(row, "")?);
        page::read(self.reader(), in_organization(serial).into_query(), &keys, page, read).await.map_err(fault)
    }

    async fn count(&self, organization: OrganizationId) -> Result<u64, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(0) };
        in_organization(serial).count(self.reader()).await.map_err(fault)
    }
}

/// Filters as they are stored.
pub(crate) fn filters(text: &str) -> Result<Vec<EventFilter>, DbErr> {
    Ok(from_json::<Vec<String>>(text)?.into_iter().map(EventFilter::trusted).collect())
}

fn view(organization: OrganizationId, row: Model) -> Result<WebhookView, DbErr> {
    let Model {
        serial,
        id,
        organization: _,
        name,
        url,
        events,
        is_active,
        secret,
        disabled_reason,
        failing_since: _,
        created_at,
        updated_at,
        revision,
    } = row;
    let webhook = Webhook::new(WebhookState {
        id: WebhookId(id),
        organization,
        name: Label::trusted(name),
        url,
        events: filters(&events)?,
        is_active,
        secret,
        disabled_reason,
        created_at: moment(created_at)?,
        updated_at: moment(updated_at)?,
        revision,
    });
    Ok(WebhookView { webhook, serial })
}
