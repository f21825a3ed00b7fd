//! What can be asked of saved filters. The parameters have been checked by whose words they are.

use serde_json::{Map, Value};

use crate::kernel::id::Target;

/// Parameters of the ticket list, and the dialect whose words they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterParams {
    /// By name, as they were written.
    pub params: Map<String, Value>,
    /// The dialect's word.
    pub dialect: String,
}

/// A new saved filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateFilter {
    /// What it is called; required.
    pub name: Option<String>,
    /// What it asks for; required, may be empty.
    pub params: Option<FilterParams>,
    /// Whether everybody may use it; no when absent.
    pub is_public: Option<bool>,
}

/// Changes to a saved filter; none leaves a field as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditFilter {
    /// Which.
    pub target: Target,
    /// What it is called.
    pub name: Option<String>,
    /// What it asks for.
    pub params: Option<FilterParams>,
    /// Whether everybody may use it.
    pub is_public: Option<bool>,
}
