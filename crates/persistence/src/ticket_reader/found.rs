//! Lists of tickets found by words.

use helpdesk_domain::kernel::{Page, PageRequest, Paging, Sight};
use helpdesk_domain::search::SearchText;
use helpdesk_domain::ticket::{TicketOrder, TicketRow, TicketSort};
use sea_orm::{ConnectionTrait, DbErr};

use super::branch::others;
use super::condition::{Condition, Driver};
use super::order::{Key, Order};
use super::page::{cut, empty, load};
use super::question::{behind, limit, order_by, place};
use super::row::Listed;
use super::wanted::Wanted;
use super::{relevance, snippet, tags};
use crate::search::{Terms, matching, serial_column};
use crate::sql::{Sql, list, listed as table};

/// Counts of searches stop here.
const MOST_COUNTED: u64 = 10_000;
/// Orders other than by age are of so many of the newest matches.
const MOST_SORTED: i64 = 10_000;
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
    let Some(mended) = finding.terms.clone().mended(connection, wanted.organization, wanted.reach()).await? else {
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

impl<C: ConnectionTrait> Finding<'_, C> {
    async fn part(&self, order: &[TicketOrder], page: &PageRequest) -> Result<Page<TicketRow>, DbErr> {
        let total = if page.wants_count() { Some(self.count().await?) } else { None };
        if total == Some(0) {
            return Ok(empty(page));
        }
        let by_relevance = order.first().is_some_and(|first| first.by == TicketSort::Relevance);
        let (listed, next) = if by_relevance { self.best(page).await? } else { self.ordered(order, page).await? };
        let listed = tags::filled(self.connection, listed).await?;
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

    async fn count(&self) -> Result<u64, DbErr> {
        let mut question = Sql::new("SELECT COUNT(*) FROM (SELECT 1 AS one", []);
        let limit = i64::try_from(MOST_COUNTED).unwrap_or(i64::MAX);
        question.append(self.matches(false)).bind(" LIMIT ?) AS found", [limit.into()]);
        let n = question.number(self.connection).await?;
        Ok(u64::try_from(n).unwrap_or(0))
    }

    async fn ordered(&self, order: &[TicketOrder], page: &PageRequest) -> Result<(Vec<Listed>, Option<String>), DbErr> {
        let order = Order::of_search(order);
        let place = place(&order, page);
        let by_age = order.first().is_some_and(|level| level.key == Key::Serial);
        let part = if by_age { self.by_age(&order, place.as_deref(), page) } else { self.by(&order, place.as_deref(), page) };
        let listed = load(self.connection, part, &order_by(&order, "p."), self.sight).await?;
        Ok(cut(listed, page, |last| order.cursor(last)))
    }

    /// In the index's own order.
    fn by_age(&self, order: &Order, place: Option<&[i64]>, page: &PageRequest) -> Sql {
        let serial = serial_column(self.connection.get_database_backend());
        let mut part = Sql::new(format!("SELECT {serial} AS serial, {serial} AS k0"), []);
        part.append(self.matches(false));
        if let Some(place) = place {
            part.push(" AND ").append(behind(&order.0, &[serial.to_owned()], place));
        }
        let direction = order.first().map_or("DESC", |level| level.direction());
        part.push(&format!(" ORDER BY {serial} {direction}")).append(limit(page));
        part
    }

    /// The newest matches, sorted.
    fn by(&self, order: &Order, place: Option<&[i64]>, page: &PageRequest) -> Sql {
        let keys: Vec<String> = order.0.iter().map(|level| level.key.column().to_owned()).collect();
        let named: Vec<String> = keys.iter().enumerate().map(|(n, key)| format!("{key} AS k{n}")).collect();
        let mut part = Sql::new(format!("SELECT t.serial AS serial, {} FROM (", named.join(", ")), []);
        part.append(self.newest("", MOST_SORTED)).push(") AS m CROSS JOIN ticket AS t WHERE t.serial = m.serial");
        if let Some(place) = place {
            part.push(" AND ").append(behind(&order.0, &keys, place));
        }
        part.push(" ORDER BY ").push(&order_by(order, "")).append(limit(page));
        part
    }

    fn newest(&self, more: &str, most: i64) -> Sql {
        let serial = serial_column(self.connection.get_database_backend());
        let mut newest = Sql::new(format!("SELECT {serial} AS serial{more}"), []);
        newest.append(self.matches(!more.is_empty()));
        newest.bind(&format!(" ORDER BY {serial} DESC LIMIT ?"), [most.into()]);
        newest
    }

    /// The best of the newest matches. Its cursor counts.
    async fn best(&self, page: &PageRequest) -> Result<(Vec<Listed>, Option<String>), DbErr> {
        let offset = match &page.paging {
            Paging::After(cursor) => relevance::place(cursor),
            Paging::Number(_) | Paging::Start => usize::try_from(page.offset()).unwrap_or(usize::MAX),
        };
        let newest = self.newest(", t.title, t.description", MOST_RANKED);
        let texts = newest.all(self.connection, |row| Ok((row.next()?, row.next()?, row.next()?))).await?;
        let ranked = relevance::ranked(&texts, &self.terms.to_mark());
        let size = usize::try_from(page.size).unwrap_or(usize::MAX);
        let shown: Vec<i64> = ranked.iter().skip(offset).take(size).copied().collect();
        let goes_on = !page.wants_count() && ranked.len() > offset.saturating_add(size);
        let text = format!("SELECT CAST(value AS BIGINT) AS serial FROM {}", table(self.connection.get_database_backend()));
        let mut listed = load(self.connection, Sql::new(text, [list(&shown)?]), "p.serial", self.sight).await?;
        listed.sort_by_key(|listed| shown.iter().position(|serial| *serial == listed.row.serial));
        Ok((listed, goes_on.then(|| relevance::cursor(offset.saturating_add(size)))))
    }
}
