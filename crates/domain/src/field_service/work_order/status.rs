//! The life of a work order, as one table.

use serde::{Deserialize, Serialize};

use WorkStatus::{Cancelled, Completed, InProgress, OnHold, Scheduled};

/// Where a work order is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkStatus {
    /// Waits for its time.
    Scheduled,
    /// Somebody works on it.
    InProgress,
    /// Waits for something else.
    OnHold,
    /// Done. Final.
    Completed,
    /// Not to be done any more. Final.
    Cancelled,
}

impl WorkStatus {
    /// Every status, in the order of a life; its place here is its number in the store.
    pub const ALL: [Self; 5] = [Scheduled, InProgress, OnHold, Completed, Cancelled];

    /// The word that is stored and shown, and that stands in history and events.
    pub const fn word(self) -> &'static str {
        match self {
            Scheduled => "scheduled",
            InProgress => "in_progress",
            OnHold => "on_hold",
            Completed => "completed",
            Cancelled => "cancelled",
        }
    }

    /// The status of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }

    /// Whether a work order in this status may get that one.
    pub const fn may_become(self, to: Self) -> bool {
        matches!(
            (self, to),
            (Scheduled, InProgress | OnHold | Cancelled)
                | (InProgress, Completed | OnHold | Cancelled)
                | (OnHold, Scheduled | InProgress | Cancelled)
        )
    }

    /// Nothing more can become of it, and it takes nobody's time.
    pub const fn is_final(self) -> bool {
        matches!(self, Completed | Cancelled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_life_of_a_work_order_is_this_table() {
        let mut table = String::new();
        for from in WorkStatus::ALL {
            for to in WorkStatus::ALL.into_iter().filter(|to| from.may_become(*to)) {
                table += &[from.word(), " -> ", to.word(), "\n"].concat();
            }
        }
        insta::assert_snapshot!(table, @r"
        scheduled -> in_progress
        scheduled -> on_hold
        scheduled -> cancelled
        in_progress -> on_hold
        in_progress -> completed
        in_progress -> cancelled
        on_hold -> scheduled
        on_hold -> in_progress
        on_hold -> cancelled
        ");
    }
}
