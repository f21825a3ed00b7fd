//! Who may do what with questions and answers. What is shown is everybody's to read.

use super::FaqError;
use crate::kernel::actor::Actor;

/// Writing, changing, ordering and deleting, and reading what is not shown: staff.
pub fn may_manage(actor: &Actor) -> Result<(), FaqError> {
    if actor.is_staff() { Ok(()) } else { Err(FaqError::Forbidden) }
}
