//! Smartsupport's words for states, priorities and roles.

use helpdesk_domain::identity::{Approval, Role};
use helpdesk_domain::kernel::{Check, Problem, Word};
use helpdesk_domain::ticket::{Priority, Status};

use crate::dialect::vocabulary::Vocabulary;

/// Smartsupport's words.
pub const WORDS: Vocabulary = Vocabulary {
    statuses: &[
        ("New", Status::New, &[Status::New]),
        ("Open", Status::Open, &[Status::Open]),
        ("In Progress", Status::InProgress, &[Status::InProgress]),
        ("Pending", Status::Pending, &[Status::Pending]),
        ("On Hold", Status::OnHold, &[Status::OnHold]),
        ("Resolved", Status::Resolved, &[Status::Resolved]),
        ("Closed", Status::Closed, &[Status::Closed]),
        ("Rejected", Status::Rejected, &[Status::Rejected]),
        ("Withdrawn", Status::Withdrawn, &[Status::Withdrawn]),
    ],
    priorities: &[
        ("Low", Priority::Low, &[Some(Priority::Low)]),
        ("Medium", Priority::Medium, &[Some(Priority::Medium)]),
        ("High", Priority::High, &[Some(Priority::High)]),
        ("Critical", Priority::Critical, &[Some(Priority::Urgent), Some(Priority::Critical)]),
    ],
};

/// The words that `update-status` takes.
const SETTABLE: [&str; 5] = ["Open", "In Progress", "Resolved", "Closed", "On Hold"];

const ROLES: [(&str, Role); 3] =
    [("Employee", Role::Customer), ("Ticket Coordinator", Role::Coordinator), ("System Admin", Role::Admin)];

/// The status that `update-status` is asked for.
pub fn settable(word: &str) -> Result<Word<Status>, Problem> {
    if SETTABLE.contains(&word) { WORDS.status(word) } else { Err(Problem::InvalidChoice(word.to_owned())) }
}

/// The word of a status.
pub fn status(status: Status) -> &'static str {
    WORDS.status_word(status)
}

/// The word of a priority.
pub fn priority(priority: Option<Priority>) -> Option<&'static str> {
    WORDS.priority_word(priority)
}

/// The states that a filter's words stand for, in any case.
pub fn status_filter(check: &mut Check, words: &[&str]) -> Option<Vec<Status>> {
    let known = || WORDS.statuses.iter().map(|(word, _, _)| *word);
    WORDS.status_filter(check, &words.iter().map(|word| as_written(known(), word)).collect::<Vec<_>>())
}

/// The priorities that a filter's words stand for, in any case.
pub fn priority_filter(check: &mut Check, words: &[&str]) -> Option<Vec<Option<Priority>>> {
    WORDS.priority_filter(check, &words.iter().map(|word| as_written(WORDS.priority_words(), word)).collect::<Vec<_>>())
}

/// The word as this dialect writes it, with `_` for a space understood too.
fn as_written(mut known: impl Iterator<Item = &'static str>, word: &str) -> &str {
    known.find(|known| known.eq_ignore_ascii_case(&word.replace('_', " "))).unwrap_or(word)
}

/// The role that a word means.
pub fn parse_role(word: &str) -> Result<Role, Problem> {
    let found = ROLES.iter().find(|(known, _)| *known == word);
    found.map(|(_, role)| *role).ok_or_else(|| Problem::InvalidChoice(word.to_owned()))
}

/// The word of a role.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Customer | Role::Technician => "Employee",
        Role::Agent | Role::Coordinator => "Ticket Coordinator",
        Role::Admin => "System Admin",
    }
}

/// The word of an account's standing.
pub fn approval(approval: Approval) -> &'static str {
    match approval {
        Approval::Pending => "Pending",
        Approval::Approved => "Approved",
    }
}

/// A company number as people read it.
pub fn company_id(number: i64) -> String {
    format!("MA{number:04}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_and_every_given_priority_has_one_word() {
        for status in Status::ALL {
            assert_eq!(WORDS.statuses.iter().filter(|(_, _, all)| all.contains(&status)).count(), 1, "{status:?}");
        }
        for given in Priority::ALL {
            assert!(priority(Some(given)).is_some(), "{given:?}");
        }
        assert_eq!((priority(Some(Priority::Urgent)), priority(None)), (Some("Critical"), None));
    }

    #[test]
    fn a_status_is_set_by_five_words_only() {
        assert_eq!(settable("On Hold").unwrap().means, Status::OnHold);
        for word in ["Pending", "New", "Rejected", "Withdrawn", "open", ""] {
            assert!(settable(word).is_err(), "{word}");
        }
    }

    #[test]
    fn company_ids_grow_past_four_digits() {
        assert_eq!([company_id(1), company_id(10_000)], ["MA0001", "MA10000"]);
    }
}
