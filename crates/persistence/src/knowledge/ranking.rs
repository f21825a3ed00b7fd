//! How well a text matches a search. Told here and not by the database, so that both tell the same; and because
//! SQLite's own measure first counts every document that has the words.

use std::cmp::Reverse;
use std::collections::HashSet;

use helpdesk_domain::search::{SearchText, words};
use sea_orm::{ConnectionTrait, DbErr};

use crate::sql::{Fields, Sql, packed};

/// A whole word says more than the beginning of one, a word of the title more than a tag.
const TITLE: u32 = 8;
const TITLE_BEGINNING: u32 = 6;
const TAG: u32 = 4;
const TAG_BEGINNING: u32 = 3;

/// What relevance is told by; what was found anywhere else counts for nothing.
pub(super) struct Candidate {
    pub serial: i64,
    pub title: String,
    pub tags: String,
}

/// Reads candidates; `question` selects `serial`, `title` and `tags`. They come as one value, since each row costs.
pub(super) async fn candidates(connection: &impl ConnectionTrait, question: Sql) -> Result<Vec<Candidate>, DbErr> {
    let all = packed(connection.get_database_backend(), "m.serial, m.title, m.tags", "");
    let mut packed = Sql::new(format!("SELECT CAST({all} AS TEXT) FROM ("), []);
    packed.append(question).push(") AS m");
    let read = |row: &mut Fields<'_>| Ok(Candidate { serial: row.next()?, title: row.next()?, tags: row.next()? });
    Ok(packed.one(connection, |row| row.rows(read)).await?.unwrap_or_default())
}

/// Serials, best first, each once; ties keep their order.
pub(super) fn ranked(candidates: &[Candidate], search: &SearchText) -> Vec<i64> {
    let mut ranked: Vec<(Reverse<u32>, usize, i64)> =
        candidates.iter().enumerate().map(|(n, one)| (Reverse(score(one, search)), n, one.serial)).collect();
    ranked.sort_unstable();
    let mut seen = HashSet::new();
    ranked.into_iter().map(|(_, _, serial)| serial).filter(|serial| seen.insert(*serial)).collect()
}

fn score(candidate: &Candidate, search: &SearchText) -> u32 {
    let score = |text: &str, whole: u32, beginning: u32| -> u32 {
        let of_word = |wanted: &String| {
            let hits = words(text).filter(|word| word.starts_with(wanted.as_str()));
            hits.map(|word| if word.len() == wanted.len() { whole } else { beginning }).max().unwrap_or(0)
        };
        search.words().iter().map(of_word).sum()
    };
    score(&candidate.title, TITLE, TITLE_BEGINNING) + score(&candidate.tags, TAG, TAG_BEGINNING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_comes_before_a_tag_and_a_tag_before_the_text() {
        let candidate = |serial, title: &str, tags: &str| Candidate { serial, title: title.to_owned(), tags: tags.to_owned() };
        let all = [
            candidate(1, "Slow?", ""),
            candidate(2, "Slow?", "vpn"),
            candidate(3, "Is the VPN down?", ""),
            candidate(3, "Is the VPN down?", ""),
        ];
        assert_eq!(ranked(&all, &SearchText::parse("vpn")), [3, 2, 1]);
    }
}
