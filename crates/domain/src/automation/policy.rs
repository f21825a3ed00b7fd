//! Who may do what with rules.

use super::RuleError;
use crate::kernel::actor::Actor;

/// Staff see what is done by itself, and what it did.
pub fn may_read(actor: &Actor) -> Result<(), RuleError> {
    if actor.is_staff() { Ok(()) } else { Err(RuleError::Forbidden) }
}

/// Admins say what is done by itself.
pub fn may_write(actor: &Actor) -> Result<(), RuleError> {
    if actor.is_admin() { Ok(()) } else { Err(RuleError::Forbidden) }
}
