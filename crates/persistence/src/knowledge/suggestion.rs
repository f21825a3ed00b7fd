//! What has some of many words, best first.
//!
//! For each word the index is asked for how many have it and for the newest of those; the rarer the word, the more it
//! says. All words are asked for in one statement for each sort of thing, whose answer does not grow with what there is.

use std::cmp::Ordering;
use std::collections::HashMap;

use async_trait::async_trait;
use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::kernel::id::OrganizationId;
use helpdesk_domain::knowledge::ArticleStatus;
use helpdesk_domain::knowledge::suggestion::port::SuggestionReader;
use helpdesk_domain::knowledge::suggestion::{Suggestion, SuggestionKind};
use helpdesk_domain::search::{SearchText, snippet, words};
use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use uuid::Uuid;

use super::article::status_number;
use crate::Store;
use crate::fault::fault;
use crate::search::{ArticleScope, article_column, articles_saying, questions_saying};
use crate::sql::{Sql, list, listed, packed};

/// So many of the newest that have a word are looked at.
const NEWEST: i64 = 200;
/// Counting stops here; a word that more have says next to nothing.
const MOST_COUNTED: i64 = 5_000;
/// So many of the best are read.
const READ: usize = 20;
/// What fits less than this part of the best does not help.
const LEAST: f64 = 0.25;

#[async_trait]
impl SuggestionReader for Store {
    async fn suggest(&self, organization: OrganizationId, words: &[String], most: usize) -> Result<Vec<Suggestion>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for kind in [SuggestionKind::Article, SuggestionKind::Faq] {
            let looking = Looking { connection: self.reader(), organization, kind, words };
            found.extend(looking.best().await.map_err(fault)?);
        }
        found.sort_by(|one: &Suggestion, other| other.score.partial_cmp(&one.score).unwrap_or(Ordering::Equal));
        let least = found.first().map_or(0.0, |best| best.score * LEAST);
        Ok(found.into_iter().take_while(|one| one.score >= least).take(most).collect())
    }
}

/// A look for things of one sort.
struct Looking<'l, C> {
    connection: &'l C,
    organization: i64,
    kind: SuggestionKind,
    words: &'l [String],
}

/// What there is of a word: how much it says, and the newest that have it.
struct Said {
    weight: f64,
    serials: Vec<i64>,
}

impl<C: ConnectionTrait> Looking<'_, C> {
    async fn best(&self) -> Result<Vec<Suggestion>, DbErr> {
        let said = self.said().await?;
        let mut scores: HashMap<i64, f64> = HashMap::new();
        for Said { weight, serials } in &said {
            for serial in serials {
                *scores.entry(*serial).or_default() += weight;
            }
        }
        let mut best: Vec<(i64, f64)> = scores.into_iter().collect();
        best.sort_by(|one, other| other.1.partial_cmp(&one.1).unwrap_or(Ordering::Equal).then(other.0.cmp(&one.0)));
        best.truncate(READ);
        if best.is_empty() {
            return Ok(Vec::new());
        }
        let scores: HashMap<i64, f64> = best.iter().copied().collect();
        let weights: HashMap<&str, f64> =
            self.words.iter().map(String::as_str).zip(said.iter().map(|said| said.weight)).collect();
        let serials: Vec<i64> = best.into_iter().map(|(serial, _)| serial).collect();
        let mut read = self.read(&serials).await?;
        for one in &mut read {
            let in_title: f64 = words(&one.title).filter_map(|word| weights.get(word.as_str())).sum();
            one.score = scores.get(&one.serial).copied().unwrap_or(0.0) + in_title;
        }
        Ok(read)
    }

    /// What there is of each word, in the order of the words.
    async fn said(&self) -> Result<Vec<Said>, DbErr> {
        let newest = packed(self.connection.get_database_backend(), "m.serial", "");
        let parts = self.words.iter().zip(0_i64..).map(|(word, n)| {
            let mut part = Sql::new(format!("SELECT CAST(? AS BIGINT) AS n, (SELECT CAST({newest} AS TEXT) FROM ("), [n.into()]);
            part.append(self.having(word, NEWEST)).push(") AS m), (SELECT COUNT(*) FROM (");
            part.append(self.having(word, MOST_COUNTED)).push(") AS c), (").append(self.all()).push(")");
            part
        });
        let question = Sql::joined(parts, " UNION ALL ");
        let mut said = question
            .all(self.connection, |row| {
                let n: i64 = row.next()?;
                let serials = row.rows(|row| row.next())?;
                let (having, all): (i64, i64) = (row.next()?, row.next()?);
                Ok((n, Said { weight: weight(having, all), serials }))
            })
            .await?;
        said.sort_by_key(|(n, _)| *n);
        Ok(said.into_iter().map(|(_, said)| said).collect())
    }

    /// The newest that have a word.
    fn having(&self, word: &str, most: i64) -> Sql {
        let backend = self.connection.get_database_backend();
        let mut sql = match self.kind {
            SuggestionKind::Article => {
                let serial = article_column(backend);
                let statuses = Some(vec![status_number(ArticleStatus::Published)]);
                let scope = ArticleScope { organization: self.organization, statuses, category: None, author: None };
                let mut sql = Sql::new(format!("SELECT s.{serial} AS serial FROM article_search AS s WHERE "), []);
                sql.append(articles_saying(backend, &scope, word)).push(&format!(" ORDER BY s.{serial} DESC"));
                sql
            }
            SuggestionKind::Faq => {
                let serial = if backend == DbBackend::Postgres { "faq" } else { "rowid" };
                let from = "FROM faq_search AS s CROSS JOIN faq AS f WHERE f.is_active AND f.serial";
                let mut sql = Sql::new(format!("SELECT f.serial AS serial {from} = s.{serial} AND "), []);
                sql.append(questions_saying(backend, self.organization, word)).push(&format!(" ORDER BY s.{serial} DESC"));
                sql
            }
        };
        sql.bind(" LIMIT ?", [most.into()]);
        sql
    }

    /// How many there are; of questions as far as words are counted.
    fn all(&self) -> Sql {
        let organization = self.organization.into();
        match self.kind {
            SuggestionKind::Article => Sql::new(
                "SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM article_tally WHERE organization = ? AND status = ?",
                [organization, status_number(ArticleStatus::Published).into()],
            ),
            SuggestionKind::Faq => Sql::new(
                "SELECT COUNT(*) FROM (SELECT 1 AS one FROM faq WHERE organization = ? LIMIT ?) AS known",
                [organization, (2 * MOST_COUNTED).into()],
            ),
        }
    }

    async fn read(&self, serials: &[i64]) -> Result<Vec<Suggestion>, DbErr> {
        let text = match self.kind {
            SuggestionKind::Article => {
                "SELECT a.serial, a.id, a.title, a.slug, a.summary, substr(v.content, 1, 4000) FROM article AS a \
                 JOIN article_version AS v ON v.article = a.serial AND v.version = a.revision WHERE a.serial"
            }
            SuggestionKind::Faq => {
                "SELECT f.serial, f.id, f.question, CAST(NULL AS TEXT), '', substr(f.answer, 1, 4000) FROM faq AS f WHERE f.serial"
            }
        };
        let table = listed(self.connection.get_database_backend());
        let question = Sql::new(format!("{text} IN (SELECT CAST(value AS BIGINT) FROM {table})"), [list(serials)?]);
        let marked = SearchText::parse(&self.words.join(" "));
        question
            .all(self.connection, |row| {
                let (serial, id, title): (i64, Uuid, String) = (row.next()?, row.next()?, row.next()?);
                let (slug, summary, text): (Option<String>, String, String) = (row.next()?, row.next()?, row.next()?);
                let found = [&text, &summary, &title].into_iter().find_map(|text| snippet(text, &marked));
                let kind = self.kind;
                Ok(Suggestion { kind, id, serial, title, slug, snippet: found.unwrap_or_default(), score: 0.0 })
            })
            .await
    }
}

/// How much a word says that so many of all have: the less the more have it.
#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn weight(having: i64, all: i64) -> f64 {
    if having == 0 {
        return 0.0;
    }
    ((all.max(having) as f64 + 1.0) / having as f64).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_says_the_more_the_fewer_have_it() {
        assert!(weight(1, 100) > weight(50, 100));
        assert!(weight(100, 100) > 0.0);
        assert!(weight(0, 100) == 0.0);
    }
}
