//! Who may do what with service levels.

use super::SlaError;
use crate::kernel::actor::Actor;

/// Staff see what is promised, and try it out.
pub fn may_see(actor: &Actor) -> Result<(), SlaError> {
    if actor.is_staff() { Ok(()) } else { Err(SlaError::Forbidden) }
}

/// Admins promise.
pub fn may_change(actor: &Actor) -> Result<(), SlaError> {
    if actor.is_admin() { Ok(()) } else { Err(SlaError::Forbidden) }
}
