//! What made an event that nobody made.

use serde::{Deserialize, Serialize};

use crate::kernel::id::RuleId;

/// What made an event that nobody made. Its JSON is stored and sent: fields are only ever added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A rule.
    ByRule(ByRule),
}

/// The rule that made an event, as it was called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByRule {
    /// Which; none of those that the desk has of its own.
    pub id: Option<RuleId>,
    /// Its name.
    pub name: String,
    /// The rules that led to it, each by what the one before did; itself is the last.
    pub chain: Vec<RuleId>,
}

impl Origin {
    /// The rule, if it was one.
    pub fn by_rule(&self) -> Option<&ByRule> {
        let Self::ByRule(rule) = self;
        Some(rule)
    }
}
