//! Who may do what with articles. What is published is everybody's to read, and every member's to vote on.

use super::ArticleError;
use crate::kernel::actor::Actor;

/// Writing, changing and deleting articles and their categories, and reading what is not published: staff.
pub fn may_write(actor: &Actor) -> Result<(), ArticleError> {
    if actor.is_staff() { Ok(()) } else { Err(ArticleError::Forbidden) }
}
