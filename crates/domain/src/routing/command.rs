//! What can be asked of routing.

use super::Strategy;
use crate::kernel::id::{Reference, Target};

/// A route to write, or what to change of one: none leaves a field as it is, an inner none empties it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WriteRoute {
    /// What it is called; required.
    pub name: Option<String>,
    /// Of routes that are as specific, the lowest wins; behind all others when absent.
    pub position: Option<i64>,
    /// Whether tickets go by it; they do when absent.
    pub is_active: Option<bool>,
    /// The category of its tickets.
    pub of_category: Option<Option<Reference>>,
    /// The department of its tickets.
    pub of_department: Option<Option<Reference>>,
    /// The department that they get.
    pub department: Option<Option<Reference>>,
    /// How somebody is chosen; `least_loaded` when absent.
    pub strategy: Option<Strategy>,
    /// What they must be able to do.
    pub skills: Option<Vec<String>>,
    /// Among whom.
    pub agents: Option<Vec<Reference>>,
}

/// A route to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditRoute {
    /// Which.
    pub target: Target,
    /// What to change.
    pub write: WriteRoute,
}

/// What to change of how somebody is given tickets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditAgent {
    /// Whose.
    pub target: Target,
    /// The most open tickets at once; `Some(None)` for no limit. Admins only.
    pub capacity: Option<Option<i64>>,
    /// What they can do. Admins only.
    pub skills: Option<Vec<String>>,
    /// Whether they want any now.
    pub is_available: Option<bool>,
}
