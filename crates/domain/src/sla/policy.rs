//! How soon a ticket is to be answered and resolved.

use chrono::TimeDelta;

use crate::ticket::Priority;

/// The targets that a ticket is judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Targets {
    /// From submission to the first public answer of staff.
    pub first_response: TimeDelta,
    /// From submission to resolution.
    pub resolution: TimeDelta,
    /// At which share of the resolution target that remains a ticket is at risk, in percent.
    pub at_risk_percent: i32,
}

impl Targets {
    /// The default policy, on a calendar that is always open.
    pub fn standard(priority: Priority) -> Self {
        let (first_response, resolution) = match priority {
            Priority::Critical => (15, 240),
            Priority::Urgent => (30, 360),
            Priority::High => (60, 1440),
            Priority::Medium => (240, 2880),
            Priority::Low => (480, 5760),
        };
        Self {
            first_response: TimeDelta::minutes(first_response),
            resolution: TimeDelta::minutes(resolution),
            at_risk_percent: 50,
        }
    }
}
