//! Lists of tickets.

use helpdesk_domain::kernel::{Page, PageRequest, Sight, StoreError};
use helpdesk_domain::ticket::port::Viewer;
use helpdesk_domain::ticket::{TicketQuery, TicketRow};
use sea_orm::{ConnectionTrait, DbErr};

use super::branch::branches;
use super::count::count;
use super::found;
use super::order::Order;
use super::plan::Plan;
use super::question::{order_by, part};
use super::row::{JOINS, Listed, read, tickets};
use super::wanted::Wanted;
use crate::fault::fault;
use crate::sql::{Fields, Sql};
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

pub(crate) fn empty<T>(page: &PageRequest) -> Page<T> {
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
    let total = page.wants_count().then(|| count(wanted, plan.count));
    let part = part(wanted.organization, &branches(wanted, order, plan.show), order, page)?.unwrap_or_else(nothing);
    let (total, listed) = load(connection, total, part, &order_by(order, "p."), sight).await?;
    let (listed, next) = cut(listed, page, |last| order.cursor(last));
    Ok(Page { items: listed.into_iter().map(|listed| listed.row).collect(), total, next })
}

/// A part in which no ticket is.
fn nothing() -> Sql {
    Sql::new("SELECT serial, serial AS k0 FROM ticket WHERE 1 = 0", [])
}

/// Loads the tickets whose serials `part` gives, and the answer to `total`, in one statement.
pub(super) async fn load(
    connection: &impl ConnectionTrait,
    total: Option<Sql>,
    part: Sql,
    order_by: &str,
    sight: Sight,
) -> Result<(Option<u64>, Vec<Listed>), DbErr> {
    let is_counted = total.is_some();
    let tickets = tickets(connection.get_database_backend(), "", order_by);
    let mut question = Sql::new("SELECT (", []);
    question
        .append(total.unwrap_or_else(|| Sql::new("SELECT CAST(0 AS BIGINT)", [])))
        .push(&format!("), (SELECT CAST({tickets} AS TEXT) FROM ("));
    question.append(part).push(&format!(") AS p JOIN ticket AS t ON t.serial = p.serial {JOINS})"));
    let read = |row: &mut Fields<'_>| Ok((row.next::<i64>()?, row.rows(|fields| read(fields, sight))?));
    let (total, listed) = question.one(connection, read).await?.unwrap_or_default();
    Ok((is_counted.then(|| u64::try_from(total).unwrap_or(0)), listed))
}

/// Takes back the one too many of a walk that goes on, and says where it goes on.
pub(crate) fn cut<T>(mut listed: Vec<T>, page: &PageRequest, cursor: impl FnOnce(&T) -> String) -> (Vec<T>, Option<String>) {
    let size = usize::try_from(page.size).unwrap_or(usize::MAX);
    if page.wants_count() || listed.len() <= size {
        return (listed, None);
    }
    listed.truncate(size);
    let next = listed.last().map(cursor);
    (listed, next)
}
