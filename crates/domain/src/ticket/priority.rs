//! How urgent a ticket is.

use serde::{Deserialize, Serialize};

/// From least to most urgent. A ticket that waits for approval may have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// When there is time.
    Low,
    /// As usual.
    Medium,
    /// Soon.
    High,
    /// Now.
    Urgent,
    /// Everything else waits.
    Critical,
}

impl Priority {
    /// Every priority, from least to most urgent; its place here plus one is its number in the store.
    pub const ALL: [Self; 5] = [Self::Low, Self::Medium, Self::High, Self::Urgent, Self::Critical];

    /// The word that is stored and that stands in history and events.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Urgent => "urgent",
            Self::Critical => "critical",
        }
    }

    /// The priority of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.word() == word)
    }
}
