//! Rules, shown.

use super::{Outcome, Rule};
use crate::kernel::clock::Moment;
use crate::kernel::id::{Serial, TicketId};

/// A rule, shown.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleView {
    /// The rule.
    pub rule: Rule,
    /// Its integer.
    pub serial: Serial,
}

/// A line of the log of a rule, shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleLogView {
    /// Integer.
    pub serial: Serial,
    /// The ticket's id, and its number and title while there is such a ticket.
    pub ticket: (TicketId, Option<(i64, String)>),
    /// The place of the event in the log; none where time went by.
    pub event: Option<i64>,
    /// What came of it.
    pub outcome: Outcome,
    /// What was done, or why not.
    pub detail: String,
    /// When.
    pub at: Moment,
}
