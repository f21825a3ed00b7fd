//! The words of a dialect for states and priorities.

use helpdesk_domain::kernel::{Check, Problem, Word};
use helpdesk_domain::ticket::{Priority, Status};

/// A word, what it means when it is written, and all that is shown as it.
pub type StatusWord = (&'static str, Status, &'static [Status]);
/// The same for a priority.
pub type PriorityWord = (&'static str, Priority, &'static [Option<Priority>]);

/// The words of a dialect.
#[derive(Debug)]
pub struct Vocabulary {
    /// For states.
    pub statuses: &'static [StatusWord],
    /// For priorities, from least to most urgent.
    pub priorities: &'static [PriorityWord],
}

impl Vocabulary {
    /// The status that a word writes.
    pub fn status(&self, word: &str) -> Result<Word<Status>, Problem> {
        let found = self.statuses.iter().find(|(known, _, _)| *known == word);
        found
            .map(|(_, means, stands_for)| Word { means: *means, stands_for })
            .ok_or_else(|| Problem::InvalidChoice(word.to_owned()))
    }

    /// The priority that a word writes.
    pub fn priority(&self, word: &str) -> Result<Word<Option<Priority>>, Problem> {
        let found = self.priorities.iter().find(|(known, _, _)| *known == word);
        found
            .map(|(_, means, stands_for)| Word { means: Some(*means), stands_for })
            .ok_or_else(|| Problem::InvalidChoice(word.to_owned()))
    }

    /// What `null` writes: nothing where a ticket without priority is shown so.
    pub fn no_priority() -> Word<Option<Priority>> {
        Word { means: None, stands_for: &[None] }
    }

    /// The states that a filter's words stand for; none where there is no filter.
    pub fn status_filter(&self, check: &mut Check, words: &[&str]) -> Option<Vec<Status>> {
        let parsed = words.iter().filter_map(|word| check.field("status", self.status(word)));
        let found: Vec<Status> = parsed.flat_map(|word| word.stands_for.iter().copied()).collect();
        (!words.is_empty()).then_some(found)
    }

    /// The priorities that a filter's words stand for; none where there is no filter.
    pub fn priority_filter(&self, check: &mut Check, words: &[&str]) -> Option<Vec<Option<Priority>>> {
        let parsed = words.iter().filter_map(|word| check.field("priority", self.priority(word)));
        let found: Vec<Option<Priority>> = parsed.flat_map(|word| word.stands_for.iter().copied()).collect();
        (!words.is_empty()).then_some(found)
    }

    /// Every priority word, from least to most urgent.
    pub fn priority_words(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.priorities.iter().map(|(word, _, _)| *word)
    }

    /// The word that a status is shown as.
    pub fn status_word(&self, status: Status) -> &'static str {
        self.statuses.iter().find(|(_, _, stands_for)| stands_for.contains(&status)).map_or("closed", |(word, _, _)| word)
    }

    /// The word that a priority is shown as; none where the dialect shows none.
    pub fn priority_word(&self, priority: Option<Priority>) -> Option<&'static str> {
        self.priorities.iter().find(|(_, _, stands_for)| stands_for.contains(&priority)).map(|(word, _, _)| *word)
    }
}
