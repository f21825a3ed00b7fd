//! What was sent, and what came of it.

use helpdesk_domain::delivery::{DeliveryState, DeliveryView};
use helpdesk_domain::kernel::id::{DeliveryId, EventId, OrganizationId, Reference, WebhookId};
use helpdesk_domain::kernel::{Page, PageRequest, StoreError};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QueryResult, QuerySelect, QueryTrait, Select,
};

use crate::Store;
use crate::column::{moment, some_moment};
use crate::entity::delivery::{Column, Entity, Model};
use crate::entity::webhook;
use crate::fault::fault;
use crate::page::{self, Key, Keys};
use crate::sql::Sql;

/// No more are counted.
const MOST: i64 = 10_000;

pub(super) async fn newest(store: &Store, only_pending: bool, limit: u64) -> Result<Vec<DeliveryView>, DbErr> {
    let mut found = Entity::find().order_by_desc(Column::Serial).limit(limit);
    if only_pending {
        found = found.filter(Column::Pending.eq(true));
    }
    found.all(store.reader()).await?.into_iter().map(view).collect()
}

/// What a webhook was told; none where it is not the organization's.
async fn of_webhook(
    store: &Store,
    organization: OrganizationId,
    webhook: WebhookId,
) -> Result<Option<Select<Entity>>, StoreError> {
    let Some(organization) = store.organization_serial(organization).await? else { return Ok(None) };
    let found = webhook::Entity::find().filter(webhook::Column::Id.eq(webhook.0)).one(store.reader()).await.map_err(fault)?;
    let Some(webhook) = found else { return Ok(None) };
    let is_meant = Column::Organization.eq(organization).and(Column::Webhook.eq(webhook.serial));
    Ok(Some(Entity::find().filter(is_meant)))
}

pub(super) async fn page(
    store: &Store,
    organization: OrganizationId,
    webhook: WebhookId,
    state: Option<DeliveryState>,
    page: &PageRequest,
) -> Result<Page<DeliveryView>, StoreError> {
    let Some(mut found) = of_webhook(store, organization, webhook).await? else {
        return Ok(Page { items: Vec::new(), total: page.wants_count().then_some(0), next: None });
    };
    if let Some(state) = state {
        found = found.filter(Column::Pending.eq(state == DeliveryState::Pending));
    }
    match state {
        Some(DeliveryState::Delivered) => found = found.filter(Column::DeliveredAt.is_not_null()),
        Some(DeliveryState::Failed) => found = found.filter(Column::DeliveredAt.is_null()),
        Some(DeliveryState::Pending) | None => {}
    }
    let newest = Key { name: "serial".to_owned(), expression: Expr::col((Entity, Column::Serial)), is_text: false };
    let keys = Keys { columns: vec![newest], descending: true };
    let read = |row: &QueryResult| view(Model::from_query_result(row, "")?);
    page::read(store.reader(), found.into_query(), &keys, page, read).await.map_err(fault)
}

pub(super) async fn find(
    store: &Store,
    organization: OrganizationId,
    webhook: WebhookId,
    delivery: &Reference,
) -> Result<Option<DeliveryView>, StoreError> {
    let meant = match delivery {
        Reference::Id(id) => Column::Id.eq(*id),
        Reference::Serial(serial) => Column::Serial.eq(*serial),
        Reference::Name(_) => return Ok(None),
    };
    let Some(found) = of_webhook(store, organization, webhook).await? else { return Ok(None) };
    let row = found.filter(meant).one(store.reader()).await.map_err(fault)?;
    row.map(view).transpose().map_err(fault)
}

pub(super) async fn depth(store: &Store) -> Result<u64, DbErr> {
    let text = "SELECT COUNT(*) FROM (SELECT 1 FROM delivery WHERE pending LIMIT ?) AS pending";
    Sql::new(text, [MOST.into()]).number(store.reader()).await.map(i64::unsigned_abs)
}

fn view(row: Model) -> Result<DeliveryView, DbErr> {
    let state = match (row.pending, row.delivered_at) {
        (true, _) => DeliveryState::Pending,
        (false, Some(_)) => DeliveryState::Delivered,
        (false, None) => DeliveryState::Failed,
    };
    Ok(DeliveryView {
        id: DeliveryId(row.id),
        serial: row.serial,
        kind: row.kind,
        event: row.event.map(EventId),
        state,
        attempts: row.attempts.unsigned_abs(),
        due_at: some_moment(row.due_at)?,
        delivered_at: some_moment(row.delivered_at)?,
        status: row.response_status.and_then(|status| u16::try_from(status).ok()),
        answer: row.response_body,
        last_error: row.last_error,
        body: row.body,
        created_at: moment(row.created_at)?,
    })
}
