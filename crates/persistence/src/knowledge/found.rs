//! Questions found by words, best first.

use std::cmp::Reverse;
use std::collections::HashMap;

use helpdesk_domain::knowledge::FaqView;
use helpdesk_domain::knowledge::faq::port::FaqQuery;
use helpdesk_domain::search::{SearchText, snippet, words};
use sea_orm::{ConnectionTrait, DbErr};

use super::faq::{show, shown, wanted};
use crate::search::{Terms, asked};
use crate::sql::{Sql, list, listed};

/// Relevance is told of so many matches: those in the question itself first.
const MOST_RANKED: i64 = 2_000;

/// A whole word says more than the beginning of one, a word of the question more than a tag.
const QUESTION: u32 = 8;
const QUESTION_BEGINNING: u32 = 6;
const TAG: u32 = 4;
const TAG_BEGINNING: u32 = 3;

/// What is found, mended where nothing is; at most [`MOST_RANKED`].
pub(super) async fn best(
    connection: &impl ConnectionTrait,
    organization: i64,
    query: &FaqQuery,
    search: &SearchText,
) -> Result<Vec<FaqView>, DbErr> {
    let Some(mut terms) = Terms::of(connection, organization, search).await? else { return Ok(Vec::new()) };
    let mut found = matches(connection, organization, query, &terms).await?;
    if found.is_empty() {
        let backend = connection.get_database_backend();
        let from = |terms: &Terms| {
            let mut from = Sql::new("faq AS f WHERE f.organization = ?", [organization.into()]);
            from.append(wanted(query)).push(" AND f.serial IN (").append(asked(backend, organization, terms, false)).push(")");
            from
        };
        let Some(mended) = terms.mended_in(connection, from).await? else { return Ok(found) };
        found = matches(connection, organization, query, &mended).await?;
        terms = mended;
    }
    let marked = terms.to_mark();
    for faq in &mut found {
        faq.snippet =
            snippet(&faq.question, &marked).or_else(|| snippet(&faq.answer, &marked)).or_else(|| snippet(&faq.tags, &marked));
    }
    Ok(found)
}

async fn matches(
    connection: &impl ConnectionTrait,
    organization: i64,
    query: &FaqQuery,
    terms: &Terms,
) -> Result<Vec<FaqView>, DbErr> {
    let mut texts: Vec<(i64, String, String)> = Vec::new();
    for itself in [true, false] {
        if texts.len() < usize::try_from(MOST_RANKED).unwrap_or(usize::MAX) {
            texts.extend(candidates(connection, organization, query, terms, itself).await?);
        }
    }
    let serials = ranked(texts, &terms.to_mark(), query.most);
    if serials.is_empty() {
        return Ok(Vec::new());
    }
    let mut question = shown(organization);
    let table = listed(connection.get_database_backend());
    question.bind(&format!(" AND f.serial IN (SELECT CAST(value AS BIGINT) FROM {table})"), [list(&serials)?]);
    let mut found: HashMap<i64, FaqView> =
        question.all(connection, show).await?.into_iter().map(|faq| (faq.serial, faq)).collect();
    Ok(serials.iter().filter_map(|serial| found.remove(serial)).collect())
}

/// Serial, question and tags of matches, those first that stand first.
async fn candidates(
    connection: &impl ConnectionTrait,
    organization: i64,
    query: &FaqQuery,
    terms: &Terms,
    itself: bool,
) -> Result<Vec<(i64, String, String)>, DbErr> {
    let mut question =
        Sql::new("SELECT f.serial, f.question, f.tags FROM faq AS f WHERE f.organization = ?", [organization.into()]);
    question.append(wanted(query)).push(" AND f.serial IN (");
    question.append(asked(connection.get_database_backend(), organization, terms, itself));
    question.bind(") ORDER BY f.display_order, f.serial LIMIT ?", [MOST_RANKED.into()]);
    question.all(connection, |row| Ok((row.next()?, row.next()?, row.next()?))).await
}

/// Serials, best first; ties keep their order.
fn ranked(texts: Vec<(i64, String, String)>, search: &SearchText, most: Option<u64>) -> Vec<i64> {
    let mut ranked: Vec<(Reverse<u32>, usize, i64)> = texts
        .iter()
        .enumerate()
        .map(|(n, (serial, question, tags))| (Reverse(score(question, tags, search)), n, *serial))
        .collect();
    ranked.sort_unstable();
    let mut seen = std::collections::HashSet::new();
    let most = most.and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX);
    ranked.into_iter().map(|(_, _, serial)| serial).filter(|serial| seen.insert(*serial)).take(most).collect()
}

fn score(question: &str, tags: &str, search: &SearchText) -> u32 {
    let score = |text: &str, whole: u32, beginning: u32| -> u32 {
        let of_word = |wanted: &String| {
            let hits = words(text).filter(|word| word.starts_with(wanted.as_str()));
            hits.map(|word| if word.len() == wanted.len() { whole } else { beginning }).max().unwrap_or(0)
        };
        search.words().iter().map(of_word).sum()
    };
    score(question, QUESTION, QUESTION_BEGINNING) + score(tags, TAG, TAG_BEGINNING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_comes_before_a_tag_and_a_tag_before_an_answer() {
        let text = |serial, question: &str, tags: &str| (serial, question.to_owned(), tags.to_owned());
        let texts =
            vec![text(1, "Slow?", ""), text(2, "Slow?", "vpn"), text(3, "Is the VPN down?", ""), text(3, "Is the VPN down?", "")];
        assert_eq!(ranked(texts, &SearchText::parse("vpn"), None), [3, 2, 1]);
    }
}
