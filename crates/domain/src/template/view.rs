//! Response templates, shown.

use super::Variable;
use crate::kernel::clock::Moment;
use crate::kernel::id::{Revision, Serial, TemplateId};
use crate::ticket::UserBrief;

/// A response template, shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateView {
    /// UUID.
    pub id: TemplateId,
    /// Integer.
    pub serial: Serial,
    /// What it is called.
    pub title: String,
    /// What it says.
    pub content: String,
    /// What it is filed under; may be empty.
    pub category: String,
    /// Whether all staff may use it.
    pub is_public: bool,
    /// What is to be filled in.
    pub variables: Vec<Variable>,
    /// Who wrote it.
    pub created_by: UserBrief,
    /// Written.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often written.
    pub revision: Revision,
}

/// A template with its variables filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProcessedTemplate {
    /// With the values in their places.
    pub processed: String,
    /// As it is written.
    pub original: String,
    /// What was to be filled in.
    pub variables: Vec<Variable>,
}
