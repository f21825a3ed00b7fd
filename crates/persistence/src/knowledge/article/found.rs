//! Articles found by words.

use std::collections::HashSet;

use helpdesk_domain::kernel::{Page, PageRequest, Paging};
use helpdesk_domain::knowledge::ArticleView;
use helpdesk_domain::search::{SearchText, snippet};
use sea_orm::{ConnectionTrait, DbErr};

use super::list::{cut, limit, place};
use super::order::Order;
use super::row::load;
use super::wanted::Wanted;
use crate::fault::lost;
use crate::knowledge::ranking::{candidates, ranked};
use crate::search::{Terms, article_column, articles_having};
use crate::sql::{Sql, list, listed};

/// Counts of searches stop here, and orders other than by age are of so many of the newest matches.
const MOST_COUNTED: i64 = 10_000;
/// Relevance is told of so many of the newest matches: those in the title first. The others follow by age.
const MOST_RANKED: usize = 500;

/// A part of what is found, mended where nothing is: best first where no order is asked for.
pub(super) async fn page(
    connection: &impl ConnectionTrait,
    wanted: &Wanted,
    search: &SearchText,
    order: Option<Order>,
    page: &PageRequest,
) -> Result<Page<ArticleView>, DbErr> {
    let nothing = Page { items: Vec::new(), total: page.wants_count().then_some(0), next: None };
    let Some(terms) = Terms::of(connection, wanted.organization, search).await? else { return Ok(nothing) };
    let mut finding = Finding { connection, wanted, terms };
    let found = finding.part(order, page).await?;
    if !found.items.is_empty() {
        return Ok(found);
    }
    let backend = connection.get_database_backend();
    let from = |terms: &Terms| {
        let mut from = Sql::new("article_search AS s WHERE ", []);
        from.append(articles_having(backend, &wanted.scope(), terms, false));
        from
    };
    let Some(mended) = finding.terms.clone().mended_in(connection, from).await? else {
        return Ok(found);
    };
    finding.terms = mended;
    finding.part(order, page).await
}

/// A search under way.
struct Finding<'c, C> {
    connection: &'c C,
    wanted: &'c Wanted,
    terms: Terms,
}

impl<C: ConnectionTrait> Finding<'_, C> {
    async fn part(&self, order: Option<Order>, page: &PageRequest) -> Result<Page<ArticleView>, DbErr> {
        let mut found = match order {
            Some(order) => self.ordered(order, page).await?,
            None => self.best(page).await?,
        };
        let marked = self.terms.to_mark();
        for article in &mut found.items {
            article.snippet = snippet(&article.content, &marked)
                .or_else(|| snippet(&article.summary, &marked))
                .or_else(|| snippet(&article.title, &marked))
                .or_else(|| snippet(&article.tags.join(", "), &marked));
        }
        Ok(found)
    }

    fn serial(&self) -> String {
        format!("s.{}", article_column(self.connection.get_database_backend()))
    }

    /// ` FROM … WHERE …` of what matches: in the title, or anywhere.
    fn matches(&self, in_title: bool) -> Sql {
        let backend = self.connection.get_database_backend();
        let mut sql = Sql::new(" FROM article_search AS s WHERE ", []);
        sql.append(articles_having(backend, &self.wanted.scope(), &self.terms, in_title));
        sql.append(self.wanted.having_tags(&self.serial()));
        sql
    }

    fn count(&self, page: &PageRequest) -> Option<Sql> {
        let mut count = Sql::new("SELECT COUNT(*) FROM (SELECT 1 AS one", []);
        count.append(self.matches(false)).bind(" LIMIT ?) AS found", [MOST_COUNTED.into()]);
        page.wants_count().then_some(count)
    }

    /// The newest matches, at most so many.
    fn newest(&self, in_title: bool, most: i64) -> Sql {
        let serial = self.serial();
        let mut newest = Sql::new(format!("SELECT {serial} AS serial"), []);
        newest.append(self.matches(in_title)).bind(&format!(" ORDER BY {serial} DESC LIMIT ?"), [most.into()]);
        newest
    }

    async fn ordered(&self, order: Order, page: &PageRequest) -> Result<Page<ArticleView>, DbErr> {
        let place = place(order, page)?;
        let (key, serial, mut part) = match order.key() {
            None => {
                let mut part = Sql::new(format!("SELECT {} AS serial", self.serial()), []);
                part.append(self.matches(false));
                ("", self.serial(), part)
            }
            Some(key) => {
                let mut part = Sql::new(format!("SELECT a.serial AS serial, {key} AS k0 FROM ("), []);
                part.append(self.newest(false, MOST_COUNTED));
                part.push(") AS m CROSS JOIN article AS a WHERE a.serial = m.serial");
                (key, "a.serial".to_owned(), part)
            }
        };
        if let Some(place) = place {
            part.push(" AND ").append(order.behind(key, &serial, place));
        }
        part.push(" ORDER BY ").push(&order.by(key, &serial)).append(limit(page));
        let (total, articles) = load(self.connection, self.count(page), part, &order.by("p.k0", "p.serial")).await?;
        let (items, next) = cut(articles, page, |last| order.cursor(last));
        Ok(Page { items, total, next })
    }

    /// The best of the newest matches. Its cursor counts.
    async fn best(&self, page: &PageRequest) -> Result<Page<ArticleView>, DbErr> {
        let offset = match &page.paging {
            Paging::After(cursor) => cursor.strip_prefix("r.").and_then(|shown| shown.parse().ok()).ok_or_else(lost)?,
            Paging::Number(_) | Paging::Start => usize::try_from(page.offset()).unwrap_or(usize::MAX),
        };
        let mut ranked = self.ranked().await?;
        let size = usize::try_from(page.size).unwrap_or(usize::MAX);
        if ranked.len() >= MOST_RANKED && offset.saturating_add(size) >= ranked.len() {
            ranked.extend(self.others(&ranked).await?);
        }
        let shown: Vec<i64> = ranked.iter().skip(offset).take(size).copied().collect();
        let goes_on = !page.wants_count() && ranked.len() > offset.saturating_add(size);
        let table = listed(self.connection.get_database_backend());
        let part = Sql::new(format!("SELECT CAST(value AS BIGINT) AS serial FROM {table}"), [list(&shown)?]);
        let (total, mut items) = load(self.connection, self.count(page), part, "p.serial").await?;
        items.sort_by_key(|article| shown.iter().position(|serial| *serial == article.serial));
        Ok(Page { items, total, next: goes_on.then(|| format!("r.{}", offset.saturating_add(size))) })
    }

    /// Serials of matches that are not ranked, the newest first.
    async fn others(&self, ranked: &[i64]) -> Result<Vec<i64>, DbErr> {
        let ranked: HashSet<i64> = ranked.iter().copied().collect();
        let mut others: Vec<i64> = self.newest(false, MOST_COUNTED).column(self.connection).await?;
        others.retain(|serial| !ranked.contains(serial));
        Ok(others)
    }

    /// Serials, best first.
    async fn ranked(&self) -> Result<Vec<i64>, DbErr> {
        let mut all = Vec::new();
        for in_title in [true, false] {
            if all.len() < MOST_RANKED {
                let mut question = Sql::new("SELECT a.serial AS serial, a.title AS title, a.tags AS tags FROM (", []);
                question.append(self.newest(in_title, i64::try_from(MOST_RANKED).unwrap_or(i64::MAX)));
                question.push(") AS n CROSS JOIN article AS a WHERE a.serial = n.serial ORDER BY a.serial DESC");
                all.extend(candidates(self.connection, question).await?);
            }
        }
        Ok(ranked(&all, &self.terms.to_mark()))
    }
}
