//! What made an event that nobody made.

use serde::{Deserialize, Serialize};

use crate::kernel::id::{RouteId, RuleId};

/// What made an event that nobody made. Its JSON is stored and sent: fields are only ever added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A rule.
    ByRule(ByRule),
    /// A route.
    ByRoute(ByRoute),
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
    /// The route whose work the chain began with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<RouteId>,
}

/// The route that gave a ticket away, as it was called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByRoute {
    /// Which.
    pub id: RouteId,
    /// Its name.
    pub name: String,
}

impl Origin {
    /// The rule, if it was one.
    pub fn by_rule(&self) -> Option<&ByRule> {
        if let Self::ByRule(rule) = self { Some(rule) } else { None }
    }

    /// The rules that led to it.
    pub fn chain(&self) -> &[RuleId] {
        self.by_rule().map_or(&[], |rule| &rule.chain)
    }

    /// The route that it goes back to, itself or by rules.
    pub fn route(&self) -> Option<RouteId> {
        match self {
            Self::ByRule(rule) => rule.route,
            Self::ByRoute(route) => Some(route.id),
        }
    }

    /// The route, if it was one.
    pub fn by_route(&self) -> Option<&ByRoute> {
        if let Self::ByRoute(route) = self { Some(route) } else { None }
    }
}
