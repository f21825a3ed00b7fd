//! Questions found by words, best first.

use std::collections::HashMap;

use helpdesk_domain::knowledge::FaqView;
use helpdesk_domain::knowledge::faq::port::FaqQuery;
use helpdesk_domain::search::{SearchText, snippet};
use sea_orm::{ConnectionTrait, DbErr};

use super::faq::{show, shown, wanted};
use super::ranking::{candidates, ranked};
use crate::search::{Terms, asked};
use crate::sql::{Sql, list, listed};

/// Relevance is told of so many matches: those in the question itself first.
const MOST_RANKED: usize = 1_000;

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
    let mut all = Vec::new();
    for itself in [true, false] {
        if all.len() < MOST_RANKED {
            all.extend(candidates(connection, newest(connection, organization, query, terms, itself)).await?);
        }
    }
    let most = query.most.and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX);
    let serials: Vec<i64> = ranked(&all, &terms.to_mark()).into_iter().take(most).collect();
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

/// What relevance is told by of matches, those first that stand first.
fn newest(connection: &impl ConnectionTrait, organization: i64, query: &FaqQuery, terms: &Terms, itself: bool) -> Sql {
    let mut question = Sql::new(
        "SELECT f.serial AS serial, f.question AS title, f.tags AS tags FROM faq AS f WHERE f.organization = ?",
        [organization.into()],
    );
    question.append(wanted(query)).push(" AND f.serial IN (");
    question.append(asked(connection.get_database_backend(), organization, terms, itself));
    let most = i64::try_from(MOST_RANKED).unwrap_or(i64::MAX);
    question.bind(") ORDER BY f.display_order, f.serial LIMIT ?", [most.into()]);
    question
}
