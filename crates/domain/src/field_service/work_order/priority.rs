//! How urgent a work order is.

use serde::{Deserialize, Serialize};

use crate::ticket::Priority;

/// From least to most urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkPriority {
    /// When there is time.
    Low,
    /// As usual.
    Medium,
    /// Soon.
    High,
    /// Now.
    Urgent,
}

impl WorkPriority {
    /// Every priority, from least to most urgent; its place here is its number in the store.
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::High, Self::Urgent];

    /// The word that is stored and shown, and that stands in history and events.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }

    /// The priority of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.word() == word)
    }
}

impl From<WorkPriority> for Priority {
    fn from(priority: WorkPriority) -> Self {
        match priority {
            WorkPriority::Low => Self::Low,
            WorkPriority::Medium => Self::Medium,
            WorkPriority::High => Self::High,
            WorkPriority::Urgent => Self::Urgent,
        }
    }
}
