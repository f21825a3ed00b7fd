//! The words of `/api/v1` for states and priorities.

use std::ops::Deref;

use helpdesk_domain::ticket::{Priority, Status};

use super::Voice;
use crate::dialect::vocabulary::{PriorityWord, StatusWord, Vocabulary};

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

const PLATFORM: Vocabulary = Vocabulary { statuses: PLATFORM_STATUS, priorities: PLATFORM_PRIORITY };
const CLASSIC: Vocabulary = Vocabulary { statuses: CLASSIC_STATUS, priorities: CLASSIC_PRIORITY };

/// A voice is its words.
impl Deref for Voice {
    type Target = Vocabulary;

    fn deref(&self) -> &Vocabulary {
        match self {
            Self::Platform => &PLATFORM,
            Self::Classic => &CLASSIC,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_has_one_word_in_each_dialect() {
        for voice in [Voice::Platform, Voice::Classic] {
            for status in Status::ALL {
                let words = voice.statuses.iter().filter(|(_, _, stands_for)| stands_for.contains(&status));
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
