//! What can be asked of response templates. Text is as the client wrote it.

use crate::kernel::id::Target;

/// A new template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CreateTemplate {
    /// What it is called; required.
    pub title: Option<String>,
    /// What it says; required.
    pub content: Option<String>,
    /// What it is filed under.
    pub category: Option<String>,
    /// Whether all staff may use it; no when absent.
    pub is_public: Option<bool>,
    /// Variables besides those that are found in the content.
    pub variables: Option<Vec<String>>,
}

/// Changes to a template; none leaves a field as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditTemplate {
    /// Which.
    pub target: Target,
    /// What it is called.
    pub title: Option<String>,
    /// What it says.
    pub content: Option<String>,
    /// What it is filed under.
    pub category: Option<String>,
    /// Whether all staff may use it.
    pub is_public: Option<bool>,
    /// Variables besides those that are found in the content.
    pub variables: Option<Vec<String>>,
}
