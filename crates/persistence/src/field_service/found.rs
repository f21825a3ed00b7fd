//! Work orders found by words, in the list's order: the index walks from the newest.

use helpdesk_domain::field_service::WorkOrderView;
use helpdesk_domain::field_service::port::{WorkOrderQuery, WorkOrderSort, WorkSight};
use helpdesk_domain::kernel::{Page, PageRequest, Paging};
use helpdesk_domain::search::SearchText;
use sea_orm::{ConnectionTrait, DbErr};

use super::list::{Order, conditions, load};
use crate::search::{Terms, Whose, ordered};
use crate::sql::Sql;
use crate::ticket_reader::{empty, limit};

/// A search counts so many matches at most, and sorts so many of the newest by something else than their age.
const MOST: i64 = 10_000;

/// What is wanted besides words.
pub(super) struct Wanted<'q> {
    pub organization: i64,
    pub sight: WorkSight,
    pub query: &'q WorkOrderQuery,
    pub order: Order,
}

/// A part of a list; where nothing is found, of what is a typo away.
pub(super) async fn page(
    connection: &impl ConnectionTrait,
    wanted: &Wanted<'_>,
    search: &SearchText,
    page: &PageRequest,
) -> Result<Page<WorkOrderView>, DbErr> {
    let whose = match wanted.sight {
        WorkSight::All => Whose::Organization,
        WorkSight::AssignedTo(user) => {
            let serial = Sql::new("SELECT serial FROM account WHERE id = ?", [user.0.into()]).number(connection).await?;
            Whose::Technician(serial)
        }
    };
    let Some(terms) = Terms::of(connection, wanted.organization, search).await? else { return Ok(empty(page)) };
    let found = part(connection, wanted, whose, &terms, page).await?;
    if !found.items.is_empty() || matches!(page.paging, Paging::After(_)) {
        return Ok(found);
    }
    let backend = connection.get_database_backend();
    let from = |terms: &Terms| matches(ordered(backend, whose, terms), wanted);
    match terms.mended_in(connection, from).await? {
        Some(mended) => part(connection, wanted, whose, &mended, page).await,
        None => Ok(found),
    }
}

async fn part(
    connection: &impl ConnectionTrait,
    wanted: &Wanted<'_>,
    whose: Whose,
    terms: &Terms,
    page: &PageRequest,
) -> Result<Page<WorkOrderView>, DbErr> {
    let backend = connection.get_database_backend();
    let (serial, _) = ordered(backend, whose, terms);
    let from = || matches(ordered(backend, whose, terms), wanted);
    let order = wanted.order;
    let part = if order.sort == WorkOrderSort::CreatedAt {
        let mut part = Sql::new(format!("SELECT {serial} AS serial, {serial} AS k0 FROM "), []);
        part.append(from()).append(order.behind(page, serial)?).push(&order.by(serial)).append(limit(page));
        part
    } else {
        let mut part =
            Sql::new(format!("SELECT w.serial AS serial, {} AS k0 FROM (SELECT {serial} AS serial FROM ", order.key()), []);
        part.append(from()).bind(&format!(" ORDER BY {serial} DESC LIMIT ?"), [MOST.into()]);
        part.push(") AS n CROSS JOIN work_order AS w WHERE w.serial = n.serial");
        part.append(order.behind(page, "w.serial")?).push(&order.by("w.serial")).append(limit(page));
        part
    };
    let total = page.wants_count().then(|| {
        let mut total = Sql::new("SELECT COUNT(*) FROM (SELECT 1 AS one FROM ", []);
        total.append(from()).bind(" LIMIT ?", [MOST.into()]).push(") AS counted");
        total
    });
    load(connection, total, part, order, page).await
}

/// `work_order_search AS s … WHERE …` of the matches that are wanted; the work orders `w` only where they are asked.
fn matches((serial, matching): (&str, Sql), wanted: &Wanted<'_>) -> Sql {
    // The technician who looks is a word of the match.
    let conditions = conditions(wanted.organization, WorkSight::All, wanted.query);
    let mut from = Sql::new("work_order_search AS s", []);
    if conditions.is_empty() {
        from.push(" WHERE ").append(matching);
    } else {
        from.push(" CROSS JOIN work_order AS w WHERE ")
            .append(matching)
            .push(&format!(" AND w.serial = {serial}"))
            .append(conditions);
    }
    from
}
