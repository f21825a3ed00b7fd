//! How well a ticket matches a search. Told here and not by the database, so that both tell the same; and because
//! SQLite's own measure first counts every document that has the words.

use std::cmp::Reverse;

use helpdesk_domain::search::{SearchText, words};

/// A word in the title says more than one in the text, a whole word more than the beginning of one.
const TITLE: u32 = 8;
const TITLE_BEGINNING: u32 = 6;
const TEXT: u32 = 2;
const TEXT_BEGINNING: u32 = 1;
/// A word that is said again and again says no more.
const MOST_OF_TEXT: u32 = 6;
/// A long description is judged by its beginning.
const MOST_WORDS: usize = 500;

/// Serials of tickets, given with title and description, best first; ties go to the newer.
pub(super) fn ranked(texts: &[(i64, String, String)], search: &SearchText) -> Vec<i64> {
    let mut ranked: Vec<(u32, i64)> = texts.iter().map(|(serial, title, text)| (score(title, text, search), *serial)).collect();
    ranked.sort_unstable_by_key(|ranked| Reverse(*ranked));
    ranked.into_iter().map(|(_, serial)| serial).collect()
}

fn score(title: &str, text: &str, search: &SearchText) -> u32 {
    let in_title = hits(title, search, TITLE, TITLE_BEGINNING);
    in_title.into_iter().zip(hits(text, search, TEXT, TEXT_BEGINNING)).map(|(title, text)| title + text.min(MOST_OF_TEXT)).sum()
}

/// What each word of the search gets for a text.
fn hits(text: &str, search: &SearchText, whole: u32, beginning: u32) -> Vec<u32> {
    let mut scores = vec![0; search.words().len()];
    for word in words(text).take(MOST_WORDS) {
        for (score, wanted) in scores.iter_mut().zip(search.words()) {
            if word.starts_with(wanted.as_str()) {
                *score += if word.len() == wanted.len() { whole } else { beginning };
            }
        }
    }
    scores
}

/// The cursor of a walk by relevance: how many have been shown.
pub(super) fn cursor(shown: usize) -> String {
    format!("r.{shown}")
}

/// What a cursor says; none when it is not one.
pub(super) fn place(cursor: &str) -> Option<usize> {
    cursor.strip_prefix("r.")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_comes_before_a_text_and_a_whole_word_before_a_beginning() {
        let texts = vec![
            (1, "Slow".to_owned(), "the printer jams".to_owned()),
            (2, "Printers".to_owned(), String::new()),
            (3, "Printer".to_owned(), String::new()),
            (4, "Slow".to_owned(), "the printer jams".to_owned()),
        ];
        assert_eq!(ranked(&texts, &SearchText::parse("printer")), [3, 2, 4, 1]);
    }
}
