//! What rules did.

use crate::kernel::clock::Moment;
use crate::kernel::id::{RuleId, TicketId};

/// What came of a rule that applied. Where everything was so already, nothing is said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was carried out.
    Done,
    /// It could not be carried out; nothing of it was.
    Failed,
    /// It was not carried out, so that rules do not go round in circles.
    Cut,
}

impl Outcome {
    /// All of them; its place here is its number in the store.
    pub const ALL: [Self; 3] = [Self::Done, Self::Failed, Self::Cut];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cut => "cut",
        }
    }
}

/// A line of the log of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleLogEntry {
    /// Which rule.
    pub rule: RuleId,
    /// On which ticket.
    pub ticket: TicketId,
    /// The place of the event that it began with; none where time went by.
    pub event: Option<i64>,
    /// What came of it.
    pub outcome: Outcome,
    /// What was done, or why not.
    pub detail: String,
    /// When.
    pub at: Moment,
}
