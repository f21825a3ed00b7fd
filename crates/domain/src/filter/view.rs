//! Saved filters, shown.

use super::command::FilterParams;
use crate::kernel::clock::Moment;
use crate::kernel::id::{FilterId, Revision, Serial};
use crate::ticket::UserBrief;

/// A saved filter, shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedFilterView {
    /// UUID.
    pub id: FilterId,
    /// Integer.
    pub serial: Serial,
    /// What it is called.
    pub name: String,
    /// What it asks for.
    pub asks: FilterParams,
    /// Whether everybody may use it.
    pub is_public: bool,
    /// Who wrote it.
    pub created_by: UserBrief,
    /// Written.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often written.
    pub revision: Revision,
}
