//! Who may do what with rules.

use super::{Macro, RuleError};
use crate::kernel::actor::Actor;

/// Staff see what is done by itself, and what it did.
pub fn may_read(actor: &Actor) -> Result<(), RuleError> {
    if actor.is_staff() { Ok(()) } else { Err(RuleError::Forbidden) }
}

/// Admins say what is done by itself.
pub fn may_write(actor: &Actor) -> Result<(), RuleError> {
    if actor.is_admin() { Ok(()) } else { Err(RuleError::Forbidden) }
}

/// A public macro is changed by admins, a private one by who made it.
pub fn may_change_macro(actor: &Actor, meant: &Macro) -> Result<(), RuleError> {
    let may = actor.is_staff() && (actor.is_admin() || (!meant.is_public && meant.created_by == actor.user));
    if may { Ok(()) } else { Err(RuleError::Forbidden) }
}
