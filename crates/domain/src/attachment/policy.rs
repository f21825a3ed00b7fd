//! Who may do what with files. Whether the actor sees the file at all has been settled before.

use super::{FileError, FileView};
use crate::kernel::actor::Actor;
use crate::ticket::Comment;

/// Removing: who brought it, and staff.
pub fn may_remove(actor: &Actor, file: &FileView) -> Result<(), FileError> {
    if actor.is_staff() || actor.user == file.uploaded_by.id { Ok(()) } else { Err(FileError::Forbidden) }
}

/// Adding to a comment: who said it.
pub fn may_add_to(actor: &Actor, comment: &Comment) -> Result<(), FileError> {
    if actor.user == comment.author { Ok(()) } else { Err(FileError::Forbidden) }
}
