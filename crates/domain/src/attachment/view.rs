//! Files as they are shown.

use super::ObjectKey;
use crate::kernel::clock::Moment;
use crate::kernel::id::{CommentId, FileId, Serial, TicketId};
use crate::ticket::UserBrief;

/// A file, shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileView {
    /// UUID.
    pub id: FileId,
    /// Integer.
    pub serial: Serial,
    /// The ticket that it is attached to, if to one.
    pub ticket: Option<TicketId>,
    /// The comment on that ticket that it belongs to.
    pub comment: Option<CommentId>,
    /// Whether that comment stays among staff.
    pub is_internal: bool,
    /// Where its content is.
    pub object: ObjectKey,
    /// What it is called.
    pub name: String,
    /// What it is, judged by its content.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// What is to be seen in it.
    pub description: String,
    /// A word of the client's own.
    pub category: String,
    /// Who brought it.
    pub uploaded_by: UserBrief,
    /// When.
    pub created_at: Moment,
}
