//! Lists of articles.

use helpdesk_domain::kernel::{Page, PageRequest, Paging};
use helpdesk_domain::knowledge::ArticleView;
use sea_orm::{ConnectionTrait, DbErr, Value};

use super::order::Order;
use super::row::load;
use super::wanted::{Driver, Wanted};
use crate::fault::lost;
use crate::sql::Sql;

/// Up to so many articles are sorted; of more, the index of the order is walked.
const MOST_SORTED: i64 = 2_000;

/// A part of a list.
pub(super) async fn page(
    connection: &impl ConnectionTrait,
    wanted: &Wanted,
    order: Order,
    page: &PageRequest,
) -> Result<Page<ArticleView>, DbErr> {
    let backend = connection.get_database_backend();
    let driver = driver(connection, wanted, order).await?;
    let serial = if driver == Driver::Tags { "g.article" } else { "a.serial" };
    let is_walked = driver == Driver::Order || order.key().is_none();
    let key = order.key().map_or_else(String::new, |key| if is_walked { key.to_owned() } else { format!("+{key}") });
    let key = if backend == sea_orm::DbBackend::Postgres { key.trim_start_matches('+').to_owned() } else { key };
    let also = if key.is_empty() { String::new() } else { format!(", {key} AS k0") };
    let mut part = Sql::new(format!("SELECT a.serial AS serial{also}"), []);
    part.append(wanted.range(backend, driver));
    if let Some(place) = place(order, page)? {
        part.push(" AND ").append(order.behind(&key, serial, place));
    }
    part.push(" ORDER BY ").push(&order.by(&key, serial)).append(limit(page));
    let total = page.wants_count().then(|| wanted.count(backend));
    let (total, articles) = load(connection, total, part, &order.by("p.k0", "p.serial")).await?;
    let (items, next) = cut(articles, page, |last| order.cursor(last));
    Ok(Page { items, total, next })
}

/// The index to read from. Where the narrowest is not in the list's order, it depends on how much it finds.
async fn driver(connection: &impl ConnectionTrait, wanted: &Wanted, order: Order) -> Result<Driver, DbErr> {
    let Some(narrow) = wanted.narrow() else { return Ok(Driver::Order) };
    if order.key().is_none() && wanted.tags.len() < 2 {
        return Ok(narrow);
    }
    let mut few = Sql::new("SELECT COUNT(*) FROM (SELECT 1 AS one", []);
    few.append(wanted.range(connection.get_database_backend(), narrow));
    few.bind(" LIMIT ?) AS found", [(MOST_SORTED + 1).into()]);
    Ok(if few.number(connection).await? > MOST_SORTED { Driver::Order } else { narrow })
}

/// Where a walk goes on; none at its beginning.
pub(super) fn place(order: Order, page: &PageRequest) -> Result<Option<Vec<Value>>, DbErr> {
    match &page.paging {
        Paging::After(cursor) => order.place(cursor).map(Some).ok_or_else(lost),
        Paging::Number(_) | Paging::Start => Ok(None),
    }
}

/// A walk asks for one more than it shows, to know whether it goes on.
pub(super) fn limit(page: &PageRequest) -> Sql {
    let size = i64::try_from(page.size).unwrap_or(100);
    if page.wants_count() {
        let offset = i64::try_from(page.offset()).unwrap_or(i64::MAX);
        Sql::new(" LIMIT ? OFFSET ?", [size.into(), offset.into()])
    } else {
        Sql::new(" LIMIT ?", [(size + 1).into()])
    }
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
