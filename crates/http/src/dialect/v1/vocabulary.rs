//! The words of `/api/v1` for states and priorities.

use helpdesk_domain::kernel::{Check, Problem, Word};
use helpdesk_domain::ticket::{Priority, Status};

use crate::gate::Voice;

type StatusWord = (&'static str, Status, &'static [Status]);
type PriorityWord = (&'static str, Priority, &'static [Option<Priority>]);

const PLATFORM_STATUS: &[StatusWord] = &[
    ("open", Status::Open, &[Status::New, Status::Open]),
    ("in_progress", Status::InProgress, &[Status::InProgress]),
    ("pending", Status::Pending, &[Status::Pending, Status::OnHold]),
    ("resolved", Status::Resolved, &[Status::Resolved]),
    ("closed", Status::Closed, &[Status::Closed, Status::Rejected, Status::Withdrawn]),
];

const CLASSIC_STATUS: &[StatusWord] = &[
    ("open", Status::Open, &[Status::New, Status::Open]),
    ("in_progress", Status::InProgress, &[Status::InProgress, Status::Pending, Status::OnHold]),
    ("resolved", Status::Resolved, &[Status::Resolved]),
    ("closed", Status::Closed, &[Status::Closed, Status::Rejected, Status::Withdrawn]),
];

const PLATFORM_PRIORITY: &[PriorityWord] = &[
    ("low", Priority::Low, &[Some(Priority::Low)]),
    ("medium", Priority::Medium, &[Some(Priority::Medium)]),
    ("high", Priority::High, &[Some(Priority::High)]),
    ("urgent", Priority::Urgent, &[Some(Priority::Urgent)]),
    ("critical", Priority::Critical, &[Some(Priority::Critical)]),
];

const CLASSIC_PRIORITY: &[PriorityWord] = &[
    ("low", Priority::Low, &[Some(Priority::Low)]),
    ("medium", Priority::Medium, &[Some(Priority::Medium), None]),
    ("high", Priority::High, &[Some(Priority::High)]),
    ("urgent", Priority::Urgent, &[Some(Priority::Urgent), Some(Priority::Critical)]),
];

impl Voice {
    fn statuses(self) -> &'static [StatusWord] {
        match self {
            Self::Platform => PLATFORM_STATUS,
            Self::Classic => CLASSIC_STATUS,
        }
    }

    fn priorities(self) -> &'static [PriorityWord] {
        match self {
            Self::Platform => PLATFORM_PRIORITY,
            Self::Classic => CLASSIC_PRIORITY,
        }
    }

    /// The status that a word writes.
    pub fn status(self, word: &str) -> Result<Word<Status>, Problem> {
        let found = self.statuses().iter().find(|(known, _, _)| *known == word);
        found
            .map(|(_, means, stands_for)| Word { means: *means, stands_for })
            .ok_or_else(|| Problem::InvalidChoice(word.to_owned()))
    }

    /// The priority that a word writes.
    pub fn priority(self, word: &str) -> Result<Word<Option<Priority>>, Problem> {
        let found = self.priorities().iter().find(|(known, _, _)| *known == word);
        found
            .map(|(_, means, stands_for)| Word { means: Some(*means), stands_for })
            .ok_or_else(|| Problem::InvalidChoice(word.to_owned()))
    }

    /// What `null` writes: nothing where a ticket without priority is shown so.
    pub fn no_priority() -> Word<Option<Priority>> {
        Word { means: None, stands_for: &[None] }
    }

    /// The states that a filter's words stand for; none where there is no filter.
    pub fn status_filter(self, check: &mut Check, words: &[&str]) -> Option<Vec<Status>> {
        let parsed = words.iter().filter_map(|word| check.field("status", self.status(word)));
        let found: Vec<Status> = parsed.flat_map(|word| word.stands_for.iter().copied()).collect();
        (!words.is_empty()).then_some(found)
    }

    /// The priorities that a filter's words stand for; none where there is no filter.
    pub fn priority_filter(self, check: &mut Check, words: &[&str]) -> Option<Vec<Option<Priority>>> {
        let parsed = words.iter().filter_map(|word| check.field("priority", self.priority(word)));
        let found: Vec<Option<Priority>> = parsed.flat_map(|word| word.stands_for.iter().copied()).collect();
        (!words.is_empty()).then_some(found)
    }

    /// Every priority word, from least to most urgent.
    pub fn priority_words(self) -> impl Iterator<Item = &'static str> {
        self.priorities().iter().map(|(word, _, _)| *word)
    }

    /// The word that a status is shown as.
    pub fn status_word(self, status: Status) -> &'static str {
        self.statuses().iter().find(|(_, _, stands_for)| stands_for.contains(&status)).map_or("closed", |(word, _, _)| word)
    }

    /// The word that a priority is shown as; none where the dialect shows none.
    pub fn priority_word(self, priority: Option<Priority>) -> Option<&'static str> {
        self.priorities().iter().find(|(_, _, stands_for)| stands_for.contains(&priority)).map(|(word, _, _)| *word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_has_one_word_in_each_dialect() {
        for voice in [Voice::Platform, Voice::Classic] {
            for status in Status::ALL {
                let words = voice.statuses().iter().filter(|(_, _, stands_for)| stands_for.contains(&status));
                assert_eq!(words.count(), 1, "{voice:?} {status:?}");
            }
        }
    }

    #[test]
    fn critical_is_urgent_in_classic_and_none_is_medium() {
        assert_eq!(Voice::Classic.priority_word(Some(Priority::Critical)), Some("urgent"));
        assert_eq!(Voice::Classic.priority_word(None), Some("medium"));
        assert_eq!(Voice::Platform.priority_word(None), None);
    }
}
