//! What full-text search means, whichever database keeps the index: how text falls into words, what a
//! query asks for, and how a hit is shown.

mod snippet;

pub use snippet::snippet;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_segmentation::UnicodeSegmentation;

/// Words longer than this are cut; nobody types them, and index terms have limits.
const LONGEST_WORD: usize = 64;

/// The words of a text: without accents, in small letters, in order.
pub fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.unicode_words().flat_map(|word| {
        fold(word).split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    })
}

/// A word as it is compared: compatibility forms resolved, accents dropped, small letters.
fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.chars().take(LONGEST_WORD).map(|c| c.to_ascii_lowercase()).collect();
    }
    word.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).take(LONGEST_WORD).collect()
}

/// What somebody looks for: every word must be found, as a word or as the beginning of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchText(Vec<String>);

impl SearchText {
    /// The most words a search looks at; more say nothing more.
    const MOST_WORDS: usize = 16;

    /// The words looked for. Text without a single word looks for nothing, and finds nothing.
    pub fn parse(text: &str) -> Self {
        let mut found: Vec<String> = Vec::new();
        for word in words(text) {
            if found.len() < Self::MOST_WORDS && !found.contains(&word) {
                found.push(word);
            }
        }
        Self(found)
    }

    /// The words.
    pub fn words(&self) -> &[String] {
        &self.0
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Whether a word of the vocabulary is what a mistyped word meant: one letter more, less, other or swapped.
pub fn is_one_typo_away(typed: &str, word: &str) -> bool {
    typed != word && strsim::osa_distance(typed, word) == 1
}

/// The forms of a word by which words one typo away find each other: the word itself and the word without
/// any one of its letters. Two words at most one typo apart share at least one form.
pub fn typo_forms(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let without = |n: usize| letters.iter().enumerate().filter(|(i, _)| *i != n).map(|(_, c)| *c).collect::<String>();
    let mut forms: Vec<String> = std::iter::once(word.to_owned()).chain((0..letters.len()).map(without)).collect();
    forms.sort_unstable();
    forms.dedup();
    forms
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_small_and_without_accents() {
        let found: Vec<String> = words("Café-Öffnung: E-Mail, can't LOGIN_2").collect();
        assert_eq!(found, ["cafe", "offnung", "e", "mail", "can", "t", "login", "2"]);
    }

    #[test]
    fn a_search_keeps_each_word_once() {
        assert_eq!(SearchText::parse("vpn VPN  down").words(), ["vpn", "down"]);
        assert!(SearchText::parse(" -- ").is_empty());
    }

    #[test]
    fn a_swap_a_slip_a_gap_and_an_extra_letter_are_one_typo() {
        for typed in ["databsae", "dotabase", "databse", "dattabase"] {
            assert!(is_one_typo_away(typed, "database"), "{typed}");
        }
        assert!(!is_one_typo_away("database", "database"));
        assert!(!is_one_typo_away("dtbase", "database"));
    }

    proptest! {
        #[test]
        fn words_one_typo_apart_share_a_form(word in "[a-e]{1,7}", other in "[a-e]{1,7}") {
            let share = typo_forms(&word).iter().any(|form| typo_forms(&other).contains(form));
            prop_assert!(share || !is_one_typo_away(&word, &other));
        }
    }
}
