//! Lists of tickets found by words.

use helpdesk_domain::kernel::{Page, PageRequest, Paging, Sight};
use helpdesk_domain::search::SearchText;
use helpdesk_domain::ticket::{TicketOrder, TicketRow, TicketSort};
use sea_orm::{ConnectionTrait, DbErr};

use super::branch::others;
use super::condition::{Condition, Driver};
use super::order::{Key, Level, Order};
use super::page::{cut, empty, load};
use super::question::{behind, limit, order_by, place};
use super::row::Listed;
use super::wanted::Wanted;
use super::{relevance, snippet};
use crate::fault::lost;
use crate::search::{Terms, matching, serial_column};
use crate::sql::{Sql, list, listed as table};

/// Counts of searches stop here, and orders other than by age are of so many of the newest matches.
const MOST_COUNTED: i64 = 10_000;
/// Relevance is told of so many of the newest matches.
const MOST_RANKED: i64 = 2_000;

/// A part of the list of what is found, mended where nothing is.
pub(super) async fn page(
    connection: &impl ConnectionTrait,
    sight: Sight,
    wanted: &Wanted,
    search: &SearchText,
    order: &[TicketOrder],
    page: &PageRequest,
) -> Result<Page<TicketRow>, DbErr> {
    let Some(terms) = Terms::of(connection, wanted.organization, search).await? else { return Ok(empty(page)) };
    let mut finding = Finding { connection, sight, wanted, terms };
    let found = finding.part(order, page).await?;
    if !found.items.is_empty() {
        return Ok(found);
    }
    let Some(mended) = finding.terms.clone().mended(connection, wanted.reach()).await? else {
        return Ok(found);
    };
    finding.terms = mended;
    finding.part(order, page).await
}

/// A search under way.
struct Finding<'c, C> {
    connection: &'c C,
    sight: Sight,
    wanted: &'c Wanted,
    terms: Terms,
}

/// How many there are, some of them, and where it goes on.
type Part = (Option<u64>, Vec<Listed>, Option<String>);

impl<C: ConnectionTrait> Finding<'_, C> {
    async fn part(&self, order: &[TicketOrder], page: &PageRequest) -> Result<Page<TicketRow>, DbErr> {
        let total = page.wants_count().then(|| self.count());
        let (total, listed, next) = if order.first().is_some_and(|first| first.by == TicketSort::Relevance) {
            self.best(total, page).await?
        } else {
            self.ordered(total, &Order::of_search(order), page).await?
        };
        let items = snippet::filled(self.connection, listed, &self.terms.to_mark()).await?;
        Ok(Page { items, total, next })
    }

    /// ` FROM … WHERE …` of what matches and is wanted; visibility is a part of the match.
    fn matches(&self, joined: bool) -> Sql {
        let backend = self.connection.get_database_backend();
        let serial = serial_column(backend);
        let involving = self.wanted.involving.map(Condition::Involves);
        let conditions: Vec<Condition> = others(self.wanted, &[]).into_iter().chain(involving).collect();
        let mut sql = Sql::new(" FROM ticket_search AS s", []);
        if joined || !conditions.is_empty() {
            // The cross keeps SQLite from asking the index once for each ticket.
            sql.push(&format!(" CROSS JOIN ticket AS t WHERE t.serial = {serial} AND "));
            sql.bind("t.organization = ? AND ", [self.wanted.organization.into()]);
        } else {
            sql.push(" WHERE ");
        }
        sql.append(matching(backend, self.wanted.reach(), &self.terms));
        for condition in conditions {
            sql.push(" AND ").append(condition.sql(Driver::Order));
        }
        sql
    }

    fn count(&self) -> Sql {
        let mut question = Sql::new("SELECT COUNT(*) FROM (SELECT 1 AS one", []);
        question.append(self.matches(false)).bind(" LIMIT ?) AS found", [MOST_COUNTED.into()]);
        question
    }

    async fn ordered(&self, total: Option<Sql>, order: &Order, page: &PageRequest) -> Result<Part, DbErr> {
        let place = place(order, page)?;
        let mut part = if is_by_age(order) { self.by_age(order, place.as_deref()) } else { self.by(order, place.as_deref()) };
        part.append(limit(page));
        let (total, listed) = load(self.connection, total, part, &order_by(order, "p."), self.sight).await?;
        let (listed, next) = cut(listed, page, |last| order.cursor(last));
        Ok((total, listed, next))
    }

    /// In the index's own order.
    fn by_age(&self, order: &Order, place: Option<&[i64]>) -> Sql {
        let serial = serial_column(self.connection.get_database_backend());
        let mut part = Sql::new(format!("SELECT {serial} AS serial, {serial} AS k0"), []);
        part.append(self.matches(false));
        if let Some(place) = place {
            part.push(" AND ").append(behind(&order.0, &[serial.to_owned()], place));
        }
        let direction = order.first().map_or("DESC", Level::direction);
        part.push(&format!(" ORDER BY {serial} {direction}"));
        part
    }

    /// The newest matches, sorted.
    fn by(&self, order: &Order, place: Option<&[i64]>) -> Sql {
        let keys: Vec<String> = order.0.iter().map(|level| level.key.column().to_owned()).collect();
        let named: Vec<String> = keys.iter().enumerate().map(|(n, key)| format!("{key} AS k{n}")).collect();
        let mut part = Sql::new(format!("SELECT t.serial AS serial, {} FROM (", named.join(", ")), []);
        part.append(self.newest("", MOST_COUNTED)).push(") AS m CROSS JOIN ticket AS t WHERE t.serial = m.serial");
        if let Some(place) = place {
            part.push(" AND ").append(behind(&order.0, &keys, place));
        }
        part.push(" ORDER BY ").push(&order_by(order, ""));
        part
    }

    /// The serials of the newest matches.
    fn newest(&self, more: &str, most: i64) -> Sql {
        let serial = serial_column(self.connection.get_database_backend());
        let mut newest = Sql::new(format!("SELECT {serial} AS serial{more}"), []);
        newest.append(self.matches(!more.is_empty()));
        newest.bind(&format!(" ORDER BY {serial} DESC LIMIT ?"), [most.into()]);
        newest
    }

    /// The best of the newest matches. Its cursor counts.
    async fn best(&self, total: Option<Sql>, page: &PageRequest) -> Result<Part, DbErr> {
        let offset = match &page.paging {
            Paging::After(cursor) => relevance::place(cursor).ok_or_else(lost)?,
            Paging::Number(_) | Paging::Start => usize::try_from(page.offset()).unwrap_or(usize::MAX),
        };
        let newest = self.newest(", t.title, t.description", MOST_RANKED);
        let texts = newest.all(self.connection, |row| Ok((row.next()?, row.next()?, row.next()?))).await?;
        let ranked = relevance::ranked(&texts, &self.terms.to_mark());
        let size = usize::try_from(page.size).unwrap_or(usize::MAX);
        let shown: Vec<i64> = ranked.iter().skip(offset).take(size).copied().collect();
        let goes_on = !page.wants_count() && ranked.len() > offset.saturating_add(size);
        let serials = format!("SELECT CAST(value AS BIGINT) AS serial FROM {}", table(self.connection.get_database_backend()));
        let part = Sql::new(serials, [list(&shown)?]);
        let (total, mut listed) = load(self.connection, total, part, "p.serial", self.sight).await?;
        listed.sort_by_key(|listed| shown.iter().position(|serial| *serial == listed.row.serial));
        Ok((total, listed, goes_on.then(|| relevance::cursor(offset.saturating_add(size)))))
    }
}

/// Whether the order is the index's own.
fn is_by_age(order: &Order) -> bool {
    order.first().is_some_and(|level| level.key == Key::Serial)
}
