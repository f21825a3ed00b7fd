//! From what somebody typed to the words of the index.

use helpdesk_domain::search::{SearchText, is_one_typo_away};
use sea_orm::{ConnectionTrait, DbBackend, DbErr};

use super::vocabulary::{alike, beginning_with};
use super::{postgres, sqlite};
use crate::sql::Sql;

/// Up to so many terms are asked for one by one, which is quick; of more the index looks for the beginning itself.
const MOST_TERMS: usize = 64;

/// The beginnings up to this length are terms of SQLite's index themselves, quicker than several others.
const INDEXED_BEGINNING: usize = 3;
const FEW_TERMS: usize = 4;

/// How far a search reaches: the visibility of tickets, as a part of the match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// All tickets of the organization with all that is said on them.
    Organization,
    /// Somebody's own tickets, without what is internal.
    Requester(i64),
    /// Somebody's own tickets, and all that is said on those assigned to them.
    RequesterOrAssignee(i64),
}

/// What a search asks the index for.
#[derive(Clone, Debug)]
pub(crate) struct Terms {
    pub(super) organization: i64,
    words: Vec<WordTerms>,
}

/// A typed word, and the terms of the index that it stands for: any of them will do.
#[derive(Clone, Debug)]
pub(super) struct WordTerms {
    word: String,
    pub(super) alternatives: Alternatives,
    is_mended: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Alternatives {
    /// Any of these.
    Exactly(Vec<String>),
    /// Whatever begins with the word.
    BeginningWith(String),
}

impl Terms {
    /// What the words stand for: what begins with them, else what is a typo away. None when one stands for nothing.
    pub async fn of(connection: &impl ConnectionTrait, organization: i64, search: &SearchText) -> Result<Option<Self>, DbErr> {
        if search.is_empty() {
            return Ok(None);
        }
        let limit = u8::try_from(MOST_TERMS + 1).unwrap_or(u8::MAX);
        let found = beginning_with(connection, organization, search.words(), limit).await?;
        let words = search.words().iter().zip(found).map(|(word, terms)| WordTerms::of(word.clone(), terms)).collect();
        Self { organization, words }.mend(connection, WordTerms::is_empty).await
    }

    /// For a search that found nothing within reach: the same with each word mended that finds nothing there by
    /// itself. None when that is no new search, or the search does find something.
    pub async fn mended(self, connection: &impl ConnectionTrait, reach: Reach) -> Result<Option<Self>, DbErr> {
        let backend = connection.get_database_backend();
        let found = |terms: &Self| {
            let mut found = Sql::new("ticket_search AS s WHERE ", []);
            found.append(matching(backend, reach, terms));
            found
        };
        self.mended_in(connection, found).await
    }

    /// As [`Self::mended`] for whatever index; `found` says from where and on which condition.
    pub async fn mended_in(self, connection: &impl ConnectionTrait, found: impl Fn(&Self) -> Sql) -> Result<Option<Self>, DbErr> {
        let whole = std::iter::once(self.clone());
        let alone = self.words.iter().map(|word| Self { organization: self.organization, words: vec![word.clone()] });
        let questions = whole.chain(alone).map(|terms| {
            let mut question = Sql::new("SELECT CAST(CASE WHEN EXISTS (SELECT 1 FROM ", []);
            question.append(found(&terms)).push(") THEN 1 ELSE 0 END AS BIGINT)");
            question
        });
        let found: Vec<i64> = Sql::joined(questions, " UNION ALL ").column(connection).await?;
        let nothing = |n: usize| found.get(n) == Some(&0);
        let hopeless: Vec<String> =
            self.words.iter().enumerate().filter(|(n, _)| nothing(n + 1)).map(|(_, word)| word.word.clone()).collect();
        if !nothing(0) || hopeless.is_empty() || self.words.iter().any(|word| word.is_mended && hopeless.contains(&word.word)) {
            return Ok(None);
        }
        self.mend(connection, |word| hopeless.contains(&word.word)).await
    }

    /// Puts what is a typo away in place of some words.
    async fn mend(
        mut self,
        connection: &impl ConnectionTrait,
        which: impl Fn(&WordTerms) -> bool,
    ) -> Result<Option<Self>, DbErr> {
        let broken: Vec<&String> = self.words.iter().filter(|word| which(word)).map(|word| &word.word).collect();
        if broken.is_empty() {
            return Ok(Some(self));
        }
        let candidates = alike(connection, self.organization, &broken).await?;
        for word in &mut self.words {
            if which(word) {
                let near = candidates.iter().filter(|term| is_one_typo_away(&word.word, term)).take(MOST_TERMS);
                *word = WordTerms { is_mended: true, ..WordTerms::of(word.word.clone(), near.cloned().collect()) };
            }
        }
        Ok((!self.words.iter().any(WordTerms::is_empty)).then_some(self))
    }

    /// The words with their terms.
    pub(super) fn words(&self) -> &[WordTerms] {
        &self.words
    }

    /// The words to mark in what was found: as typed, or as mended.
    pub fn to_mark(&self) -> SearchText {
        let words: Vec<&str> = self.words.iter().flat_map(WordTerms::to_mark).collect();
        SearchText::parse(&words.join(" "))
    }
}

impl WordTerms {
    fn of(word: String, terms: Vec<String>) -> Self {
        let most = if word.chars().count() <= INDEXED_BEGINNING { FEW_TERMS } else { MOST_TERMS };
        let alternatives =
            if terms.len() > most { Alternatives::BeginningWith(word.clone()) } else { Alternatives::Exactly(terms) };
        Self { word, alternatives, is_mended: false }
    }

    fn is_empty(&self) -> bool {
        matches!(&self.alternatives, Alternatives::Exactly(terms) if terms.is_empty())
    }

    fn to_mark(&self) -> Vec<&str> {
        match &self.alternatives {
            Alternatives::Exactly(terms) if self.is_mended => terms.iter().map(String::as_str).collect(),
            _ => vec![&self.word],
        }
    }
}

/// The condition on `ticket_search AS s` that finds what is within reach and has a term of every word.
pub(crate) fn matching(backend: DbBackend, reach: Reach, terms: &Terms) -> Sql {
    if backend == DbBackend::Postgres { postgres::condition(reach, terms) } else { sqlite::condition(reach, terms) }
}

/// The column of `ticket_search AS s` that holds the ticket's serial.
pub(crate) fn serial_column(backend: DbBackend) -> &'static str {
    if backend == DbBackend::Postgres { "s.ticket" } else { "s.rowid" }
}
