//! Lists of tickets.

use helpdesk_domain::kernel::{Page, PageRequest, Sight, StoreError};
use helpdesk_domain::ticket::port::Viewer;
use helpdesk_domain::ticket::{TicketQuery, TicketRow};
use sea_orm::{ConnectionTrait, DbErr};

use super::branch::branches;
use super::count::count;
use super::order::Order;
use super::plan::Plan;
use super::question::{order_by, part};
use super::row::{COLUMNS, JOINS, Listed, read};
use super::wanted::Wanted;
use super::{found, tags};
use crate::fault::fault;
use crate::sql::Sql;
use crate::store::Store;

/// A part of a list.
pub(super) async fn page(
    store: &Store,
    viewer: Viewer,
    query: &TicketQuery,
    page: &PageRequest,
) -> Result<Page<TicketRow>, StoreError> {
    let Some(wanted) = Wanted::of(store, viewer, &query.filter).await? else { return Ok(empty(page)) };
    if wanted.is_nothing() {
        return Ok(empty(page));
    }
    let shown = match &query.filter.search {
        Some(search) => found::page(store.reader(), viewer.sight, &wanted, search, &query.order, page).await,
        None => list(store.reader(), viewer.sight, &wanted, &Order::of(&query.order), page).await,
    };
    shown.map_err(fault)
}

pub(super) fn empty<T>(page: &PageRequest) -> Page<T> {
    Page { items: Vec::new(), total: page.wants_count().then_some(0), next: None }
}

async fn list(
    connection: &impl ConnectionTrait,
    sight: Sight,
    wanted: &Wanted,
    order: &Order,
    page: &PageRequest,
) -> Result<Page<TicketRow>, DbErr> {
    let depth = i64::try_from(page.offset().saturating_add(page.size)).unwrap_or(i64::MAX);
    let plan = Plan::of(connection, wanted, order, depth).await?;
    let total = if page.wants_count() { Some(count(connection, wanted, plan.count).await?) } else { None };
    if total.is_some_and(|total| total <= page.offset()) {
        return Ok(Page { items: Vec::new(), total, next: None });
    }
    let Some(part) = part(wanted.organization, &branches(wanted, order, plan.show), order, page) else {
        return Ok(Page { items: Vec::new(), total, next: None });
    };
    let listed = load(connection, part, &order_by(order, "p."), sight).await?;
    let (listed, next) = cut(listed, page, |last| order.cursor(last));
    let items = tags::filled(connection, listed).await?.into_iter().map(|listed| listed.row).collect();
    Ok(Page { items, total, next })
}

/// Loads the tickets whose serials `part` gives.
pub(super) async fn load(
    connection: &impl ConnectionTrait,
    part: Sql,
    order_by: &str,
    sight: Sight,
) -> Result<Vec<Listed>, DbErr> {
    let mut question = Sql::new(format!("SELECT {COLUMNS} FROM ("), []);
    question.append(part);
    question.push(&format!(") AS p JOIN ticket AS t ON t.serial = p.serial {JOINS} ORDER BY {order_by}"));
    question.all(connection, |fields| read(fields, sight)).await
}

/// Takes back the one too many of a walk that goes on, and says where it goes on.
pub(super) fn cut<T>(mut listed: Vec<T>, page: &PageRequest, cursor: impl FnOnce(&T) -> String) -> (Vec<T>, Option<String>) {
    let size = usize::try_from(page.size).unwrap_or(usize::MAX);
    if page.wants_count() || listed.len() <= size {
        return (listed, None);
    }
    listed.truncate(size);
    let next = listed.last().map(cursor);
    (listed, next)
}
