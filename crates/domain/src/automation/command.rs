//! What can be asked of rules. What it begins with, when it applies and what it does is as the client wrote it.

use serde_json::Value;

use crate::kernel::id::{Reference, Target};

/// A rule to write; to change one, what is absent stays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WriteRule {
    /// What it is called; required.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Whether it is carried out; yes when absent.
    pub is_active: Option<bool>,
    /// Its place; behind all others when absent.
    pub position: Option<i64>,
    /// What it begins with; required.
    pub when: Option<Value>,
    /// When it applies; always when absent.
    pub conditions: Option<Value>,
    /// What it does; required.
    pub actions: Option<Value>,
}

/// Changes to a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct EditRule {
    /// Which.
    pub target: Target,
    /// To what.
    pub write: WriteRule,
}

/// A rule, or a draft of one, to be held against what has happened.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplayRule {
    /// Which.
    pub rule: Reference,
    /// What of it is otherwise.
    pub draft: WriteRule,
    /// Behind which place of the log; the last events when absent.
    pub after: Option<i64>,
    /// How many events, 1 to 1 000; 200 when absent.
    pub limit: Option<i64>,
}

/// A macro to write; to change one, what is absent stays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WriteMacro {
    /// What it is called; required.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Whether all staff may use it; no when absent.
    pub is_public: Option<bool>,
    /// What it does; required.
    pub actions: Option<Value>,
}
