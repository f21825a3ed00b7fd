//! The words of each organization, by which prefixes and typos are understood.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, PoisonError};

use helpdesk_domain::search::typo_forms;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Value};

use super::Indexed;
use crate::sql::{Sql, list, listed};

/// How many words the process remembers; eight bytes each.
const REMEMBERED: usize = 500_000;

/// The words that are known to be in the vocabulary already, so that they are not written again with every ticket.
/// Only ever a saving: a word that it has forgotten is written once more, and nothing happens.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    known: Arc<Mutex<HashSet<u64>>>,
    hasher: RandomState,
}

/// Words that a transaction has written. Give them to [`Vocabulary::learn`] once it has been committed; a transaction
/// that was rolled back has taught nothing.
#[derive(Debug, Default)]
#[must_use = "to be learned after the commit"]
pub struct NewWords(Vec<u64>);

impl NewWords {
    /// The words of both.
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }
}

impl Vocabulary {
    /// Remembers words whose transaction has been committed.
    pub fn learn(&self, words: NewWords) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() + words.0.len() > REMEMBERED {
            known.clear();
        }
        known.extend(words.0.into_iter().take(REMEMBERED));
    }

    /// Writes the words that may be new; a fixed number of statements for each organization.
    pub(super) async fn add<C: ConnectionTrait>(&self, connection: &C, documents: &[Indexed]) -> Result<NewWords, DbErr> {
        let mut written = NewWords::default();
        for (organization, words) in self.unknown(documents, &mut written) {
            let new = add_terms(connection, organization, &words).await?;
            add_forms(connection, organization, &new).await?;
        }
        Ok(written)
    }

    /// The words that the process does not know, by organization and in order, so that writers don't wait crosswise.
    fn unknown<'d>(&self, documents: &'d [Indexed], written: &mut NewWords) -> BTreeMap<i64, BTreeSet<&'d str>> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let mut unknown: BTreeMap<i64, BTreeSet<&str>> = BTreeMap::new();
        for document in documents {
            for word in document.public.iter().chain(&document.internal) {
                let hash = self.hasher.hash_one((document.organization, word));
                if !known.contains(&hash) && unknown.entry(document.organization).or_default().insert(word) {
                    written.0.push(hash);
                }
            }
        }
        unknown
    }
}

/// Writes terms; answers which were new.
async fn add_terms<C: ConnectionTrait>(connection: &C, organization: i64, words: &BTreeSet<&str>) -> Result<Vec<String>, DbErr> {
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let words: Vec<&str> = words.iter().copied().collect();
    let table = listed(connection.get_database_backend());
    let text = format!(
        "INSERT INTO search_term (organization, term) SELECT CAST(? AS BIGINT), value FROM {table} WHERE true \
         ON CONFLICT DO NOTHING RETURNING term"
    );
    Sql::new(text, [organization.into(), list(&words)?]).column(connection).await
}

/// Writes the forms by which words find each other that are a typo apart.
async fn add_forms<C: ConnectionTrait>(connection: &C, organization: i64, terms: &[String]) -> Result<(), DbErr> {
    let mut pairs: Vec<(String, &str)> = Vec::new();
    for term in terms.iter().filter(|term| is_mendable(term)) {
        pairs.extend(typo_forms(term).into_iter().map(|form| (form, term.as_str())));
    }
    if pairs.is_empty() {
        return Ok(());
    }
    pairs.sort_unstable();
    let pairs_table = match connection.get_database_backend() {
        DbBackend::Postgres => "json_array_elements(?::json) AS listed(value)",
        _ => "json_each(?) AS listed",
    };
    let text = format!(
        "INSERT INTO search_form (organization, form, term) \
         SELECT CAST(? AS BIGINT), value ->> 0, value ->> 1 FROM {pairs_table} WHERE true ON CONFLICT DO NOTHING"
    );
    Sql::new(text, [organization.into(), list(&pairs)?]).execute(connection).await
}

/// Whether a word of the vocabulary is found under a typo: words of letters, not too short to be sure of.
fn is_mendable(term: &str) -> bool {
    (4..=32).contains(&term.chars().count()) && term.chars().all(char::is_alphabetic)
}

/// The first words of the vocabulary, at most `limit`, that begin with each of the words.
pub(super) async fn beginning_with<C: ConnectionTrait>(
    connection: &C,
    organization: i64,
    words: &[String],
    limit: u8,
) -> Result<Vec<Vec<String>>, DbErr> {
    let parts = words.iter().zip(0_i64..).map(|(word, n)| {
        let values: [Value; 5] =
            [n.into(), organization.into(), word.clone().into(), format!("{word}{}", char::MAX).into(), i64::from(limit).into()];
        Sql::new(
            "SELECT n, term FROM (SELECT CAST(? AS BIGINT) AS n, term FROM search_term \
             WHERE organization = ? AND term >= ? AND term < ? ORDER BY term LIMIT ?) AS found",
            values,
        )
    });
    let found = Sql::joined(parts, " UNION ALL ").all(connection, |row| Ok((row.next::<i64>()?, row.next()?))).await?;
    let mut terms = vec![Vec::new(); words.len()];
    for (n, term) in found {
        if let Some(terms) = usize::try_from(n).ok().and_then(|n| terms.get_mut(n)) {
            terms.push(term);
        }
    }
    Ok(terms)
}

/// The words of the vocabulary that share a form with any of the words.
pub(super) async fn alike<C: ConnectionTrait>(
    connection: &C,
    organization: i64,
    words: &[&String],
) -> Result<Vec<String>, DbErr> {
    let forms: BTreeSet<String> =
        words.iter().filter(|word| is_typed_in_letters(word)).flat_map(|word| typo_forms(word)).collect();
    if forms.is_empty() {
        return Ok(Vec::new());
    }
    let forms: Vec<String> = forms.into_iter().collect();
    let table = listed(connection.get_database_backend());
    let text = format!(
        "SELECT DISTINCT term FROM search_form WHERE organization = ? AND form IN (SELECT value FROM {table}) ORDER BY term LIMIT 1000"
    );
    Sql::new(text, [organization.into(), list(&forms)?]).column(connection).await
}

/// One typo makes a word of the vocabulary one letter shorter or longer at most.
fn is_typed_in_letters(word: &str) -> bool {
    (3..=33).contains(&word.chars().count()) && word.chars().all(char::is_alphabetic)
}
