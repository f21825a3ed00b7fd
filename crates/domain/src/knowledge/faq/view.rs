//! A question, shown.

use crate::kernel::clock::Moment;
use crate::kernel::id::{FaqId, Revision, Serial};
use crate::taxonomy::CategoryBrief;
use crate::ticket::UserBrief;

/// A question that is often asked, shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaqView {
    /// UUID.
    pub id: FaqId,
    /// Integer.
    pub serial: Serial,
    /// What is asked.
    pub question: String,
    /// What it is answered with.
    pub answer: String,
    /// What it is about.
    pub category: CategoryBrief,
    /// Words that it is also found by.
    pub tags: String,
    /// Its place in its category.
    pub display_order: i32,
    /// Whether it is shown to everybody.
    pub is_active: bool,
    /// Who wrote it.
    pub created_by: UserBrief,
    /// Written.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// Where the search words were found: HTML-escaped, hits in `<mark>`; only in answers to a search.
    pub snippet: Option<String>,
    /// How often written.
    pub revision: Revision,
}
