//! The file itself.

use std::ops::Deref;

use super::{FileName, ObjectKey};
use crate::event::Happened;
use crate::kernel::clock::Moment;
use crate::kernel::id::{CommentId, FileId, OrganizationId, TicketId, UserId};

/// Most bytes of a file: 25 MB.
pub const LARGEST_FILE: u64 = 25 * 1024 * 1024;
/// Most files of one request.
pub const MOST_FILES: usize = 10;
/// Most files of one ticket: an answer shows them all.
pub const MOST_FILES_OF_TICKET: u64 = 100;
/// Most bytes of a picture of somebody: 2 MB (seed 004).
pub const LARGEST_IMAGE: usize = 2 * 1024 * 1024;

/// A file whose content has been taken in, and that nothing speaks of yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The identity that the file will have.
    pub id: FileId,
    /// Where its content is.
    pub object: ObjectKey,
    /// What it is called.
    pub name: FileName,
    /// What it is, judged by its content.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// The field of the form that it came in.
    pub field: String,
}

/// All that is kept of a file besides its content. It never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileState {
    /// Identity.
    pub id: FileId,
    /// Tenant.
    pub organization: OrganizationId,
    /// The ticket that it is attached to, if to one.
    pub ticket: Option<TicketId>,
    /// The comment on that ticket that it belongs to; who may not read the comment may not read the file.
    pub comment: Option<CommentId>,
    /// Who brought it.
    pub uploaded_by: UserId,
    /// Where its content is.
    pub object: ObjectKey,
    /// What it is called.
    pub name: FileName,
    /// What it is, judged by its content.
    pub media_type: String,
    /// Bytes.
    pub size: u64,
    /// What is to be seen in it.
    pub description: String,
    /// A word of the client's own.
    pub category: String,
    /// When it was brought.
    pub created_at: Moment,
}

/// A file. Read through its state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File(FileState);

impl Deref for File {
    type Target = FileState;

    fn deref(&self) -> &FileState {
        &self.0
    }
}

impl File {
    /// A file on a ticket.
    pub fn attach(state: FileState, is_internal: bool) -> (Self, Happened) {
        let happened = Happened::AttachmentAdded { file: state.id, name: state.name.as_str().to_owned(), is_internal };
        (Self(state), happened)
    }

    /// A file that belongs to nothing but its uploader.
    pub fn upload(state: FileState) -> (Self, Happened) {
        let happened = Happened::FileUploaded { name: state.name.as_str().to_owned() };
        (Self(state), happened)
    }
}
