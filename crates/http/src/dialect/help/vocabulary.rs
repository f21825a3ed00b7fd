//! Help's words for states, priorities and categories.

use helpdesk_domain::taxonomy::CategoryBrief;
use helpdesk_domain::ticket::{Priority, Status};

use crate::dialect::vocabulary::Vocabulary;

/// Help's words.
pub const WORDS: Vocabulary = Vocabulary {
    statuses: &[
        ("open", Status::Open, &[Status::New, Status::Open]),
        ("in_progress", Status::InProgress, &[Status::InProgress]),
        ("on_hold", Status::OnHold, &[Status::OnHold, Status::Pending]),
        ("resolved", Status::Resolved, &[Status::Resolved]),
        ("closed", Status::Closed, &[Status::Closed, Status::Rejected, Status::Withdrawn]),
    ],
    priorities: &[
        ("low", Priority::Low, &[Some(Priority::Low)]),
        ("medium", Priority::Medium, &[Some(Priority::Medium), None]),
        ("high", Priority::High, &[Some(Priority::High)]),
        ("urgent", Priority::Urgent, &[Some(Priority::Urgent), Some(Priority::Critical)]),
    ],
};

/// The word of a status.
pub fn status(status: Status) -> String {
    WORDS.status_word(status).to_owned()
}

/// The word of a priority.
pub fn priority(priority: Option<Priority>) -> String {
    WORDS.priority_word(priority).unwrap_or("medium").to_owned()
}

/// The word of a category: its slug, `other` for none.
pub fn category(category: Option<&CategoryBrief>) -> String {
    category.map_or_else(|| "other".to_owned(), |category| category.slug.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_and_priority_has_one_word() {
        for status in Status::ALL {
            assert_eq!(WORDS.statuses.iter().filter(|(_, _, all)| all.contains(&status)).count(), 1, "{status:?}");
        }
        for priority in Priority::ALL.map(Some).into_iter().chain([None]) {
            assert_eq!(WORDS.priorities.iter().filter(|(_, _, all)| all.contains(&priority)).count(), 1, "{priority:?}");
        }
    }

    #[test]
    fn a_pending_ticket_is_on_hold_and_a_rejected_one_closed() {
        assert_eq!(status(Status::Pending), "on_hold");
        assert_eq!(status(Status::Rejected), "closed");
        assert_eq!(priority(Some(Priority::Critical)), "urgent");
    }
}
