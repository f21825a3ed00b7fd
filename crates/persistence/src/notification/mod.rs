//! What people are told in the desk.

mod audience;

use std::collections::BTreeMap;

use async_trait::async_trait;
use helpdesk_domain::field_service::policy;
use helpdesk_domain::kernel::id::{NotificationId, TicketId, WorkOrderId};
use helpdesk_domain::kernel::{Actor, Moment, Page, PageRequest, Reference, StoreError};
use helpdesk_domain::notification::port::{NotificationQuery, NotificationRepository};
use helpdesk_domain::notification::{NotificationKind, NotificationView, TicketMention, WorkMention};
use helpdesk_domain::ticket::Priority;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, QueryStatementBuilder, SelectStatement};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic, QueryFilter, QueryResult, QueryTrait, Select,
    Value,
};
use uuid::Uuid;

use crate::Store;
use crate::column::{damaged, micros, moment, priority, some_moment};
use crate::entity::account;
use crate::entity::notification::{Column, Entity, Model};
use crate::fault::fault;
use crate::page::{self, Key, Keys};
use crate::sql::Sql;
use crate::tally::priority_number;

const UNREAD_COUNT: &str = "SELECT COUNT(*) FROM notification \
    WHERE read_at IS NULL AND account = (SELECT serial FROM account WHERE id = ?)";

const UNREAD: &str = "SELECT id FROM notification \
    WHERE read_at IS NULL AND account = (SELECT serial FROM account WHERE id = ?) AND created_at <= ? \
    ORDER BY created_at, serial LIMIT ?";

const CHOSEN: &str = "SELECT kind, wanted FROM notification_preference WHERE account = (SELECT serial FROM account WHERE id = ?)";

/// What a notification shows of its ticket, and by which it decides whether to show anything.
const OF_TICKET: [(&str, &str); 6] = [
    ("id", "ticket_id"),
    ("serial", "ticket_serial"),
    ("number", "ticket_number"),
    ("title", "ticket_title"),
    ("requester", "ticket_requester"),
    ("assignee", "ticket_assignee"),
];

/// The same of its work order.
const OF_WORK_ORDER: [(&str, &str); 5] = [
    ("id", "work_order_id"),
    ("serial", "work_order_serial"),
    ("number", "work_order_number"),
    ("title", "work_order_title"),
    ("technician", "work_order_technician"),
];

/// The actor's own; every query of notifications starts here.
fn own(actor: &Actor) -> Select<Entity> {
    let mut account = SelectStatement::new();
    account.column(account::Column::Serial).from(account::Entity).and_where(account::Column::Id.eq(actor.user.0));
    let account: Expr = account.into_sub_query_statement().into();
    Entity::find().filter(Column::Account.into_expr().eq(account))
}

/// As they are shown: with their tickets and work orders, where those still are.
fn shown(found: Select<Entity>) -> SelectStatement {
    let mut query = found.into_query();
    for (table, column, wanted) in
        [("ticket", Column::Ticket, OF_TICKET.as_slice()), ("work_order", Column::WorkOrder, &OF_WORK_ORDER)]
    {
        let of = |column: &str| Expr::col((Alias::new(table), Alias::new(column)));
        query.left_join(Alias::new(table), of("id").equals((Entity, column)));
        for (column, name) in wanted {
            query.expr_as(of(column), Alias::new(*name));
        }
    }
    query
}

#[async_trait]
impl NotificationRepository for Store {
    async fn view(&self, actor: &Actor, notification: &Reference) -> Result<Option<NotificationView>, StoreError> {
        let is_meant = match notification {
            Reference::Id(id) => Column::Id.eq(*id),
            Reference::Serial(serial) => Column::Serial.eq(*serial),
            Reference::Name(_) => return Ok(None),
        };
        let row = self.reader().query_one(&shown(own(actor).filter(is_meant))).await.map_err(fault)?;
        row.map(|row| view(actor, &row)).transpose().map_err(fault)
    }

    async fn page(
        &self,
        actor: &Actor,
        query: &NotificationQuery,
        page: &PageRequest,
    ) -> Result<Page<NotificationView>, StoreError> {
        let key = |column: Column| {
            let expression = Expr::col((Entity, column));
            Key { name: column.as_str().to_owned(), expression, is_text: false }
        };
        let keys = Keys { columns: vec![key(Column::CreatedAt), key(Column::Serial)], descending: !query.oldest_first };
        let found = shown(wanted(own(actor), query));
        page::read(self.reader(), found, &keys, page, |row| view(actor, row)).await.map_err(fault)
    }

    async fn unread_count(&self, actor: &Actor) -> Result<u64, StoreError> {
        let count = Sql::new(UNREAD_COUNT, [actor.user.0.into()]).number(self.reader()).await.map_err(fault)?;
        Ok(count.unsigned_abs())
    }

    async fn unread(&self, actor: &Actor, until: Moment, limit: u64) -> Result<Vec<NotificationId>, StoreError> {
        let values: [Value; 3] = [actor.user.0.into(), micros(until).into(), limit.cast_signed().into()];
        let unread: Vec<Uuid> = Sql::new(UNREAD, values).column(self.reader()).await.map_err(fault)?;
        Ok(unread.into_iter().map(NotificationId).collect())
    }

    async fn chosen(&self, actor: &Actor) -> Result<BTreeMap<NotificationKind, bool>, StoreError> {
        let rows: Vec<(String, bool)> = Sql::new(CHOSEN, [actor.user.0.into()])
            .all(self.reader(), |row| Ok((row.next()?, row.next()?)))
            .await
            .map_err(fault)?;
        Ok(rows.into_iter().filter_map(|(kind, wanted)| Some((NotificationKind::parse(&kind)?, wanted))).collect())
    }
}

fn wanted(mut found: Select<Entity>, query: &NotificationQuery) -> Select<Entity> {
    let NotificationQuery { kinds, priorities, is_read, created_after, created_before, oldest_first: _ } = query;
    if let Some(kinds) = kinds {
        found = found.filter(Column::Kind.is_in(kinds.iter().map(|kind| kind.word())));
    }
    if let Some(priorities) = priorities {
        found = found.filter(Column::Priority.is_in(priorities.iter().map(|priority| priority_number(Some(*priority)))));
    }
    if let Some(is_read) = is_read {
        found = found.filter(if *is_read { Column::ReadAt.is_not_null() } else { Column::ReadAt.is_null() });
    }
    if let Some(from) = created_after {
        found = found.filter(Column::CreatedAt.gte(micros(*from)));
    }
    if let Some(before) = created_before {
        found = found.filter(Column::CreatedAt.lt(micros(*before)));
    }
    found
}

fn view(actor: &Actor, row: &QueryResult) -> Result<NotificationView, DbErr> {
    let (ticket, work_order) = (ticket(row)?, work_order(row)?);
    let own = Model::from_query_result(row, "")?;
    let is_readers = |name: &str| Ok::<_, DbErr>(row.try_get::<Option<i64>>("", name)? == Some(own.account));
    let is_told = if own.ticket.is_some() {
        let (is_requester, is_assignee) = (is_readers("ticket_requester")?, is_readers("ticket_assignee")?);
        ticket.is_some() && actor.sight().reaches(is_requester, is_assignee, own.is_internal)
    } else if own.work_order.is_some() {
        let technician = is_readers("work_order_technician")?.then_some(actor.user);
        work_order.is_some() && policy::sight(actor).is_some_and(|sight| sight.covers(technician))
    } else {
        true
    };
    let view = NotificationView {
        id: NotificationId(own.id),
        serial: own.serial,
        kind: NotificationKind::parse(&own.kind).ok_or_else(|| damaged("kind of notification", own.kind))?,
        priority: priority(own.priority)?.unwrap_or(Priority::Medium),
        title: own.title,
        message: own.message,
        ticket,
        work_order,
        created_at: moment(own.created_at)?,
        read_at: some_moment(own.read_at)?,
    };
    Ok(if is_told { view } else { view.withheld() })
}

fn ticket(row: &QueryResult) -> Result<Option<TicketMention>, DbErr> {
    let Some(id) = row.try_get::<Option<Uuid>>("", "ticket_id")? else { return Ok(None) };
    let (serial, number) = (row.try_get("", "ticket_serial")?, row.try_get("", "ticket_number")?);
    Ok(Some(TicketMention { id: TicketId(id), serial, number, title: row.try_get("", "ticket_title")? }))
}

fn work_order(row: &QueryResult) -> Result<Option<WorkMention>, DbErr> {
    let Some(id) = row.try_get::<Option<Uuid>>("", "work_order_id")? else { return Ok(None) };
    let (serial, number) = (row.try_get("", "work_order_serial")?, row.try_get("", "work_order_number")?);
    Ok(Some(WorkMention { id: WorkOrderId(id), serial, number, title: row.try_get("", "work_order_title")? }))
}
