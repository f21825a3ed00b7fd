//! Who may do what with response templates. Those of others that are private are not found at all.

use super::{TemplateError, TemplateState};
use crate::kernel::actor::Actor;

/// Staff answer tickets; templates are theirs.
pub fn may_use(actor: &Actor) -> Result<(), TemplateError> {
    if actor.is_staff() { Ok(()) } else { Err(TemplateError::Forbidden) }
}

/// Its author, and admins.
pub fn may_change(actor: &Actor, template: &TemplateState) -> Result<(), TemplateError> {
    may_use(actor)?;
    if actor.user == template.created_by || actor.is_admin() { Ok(()) } else { Err(TemplateError::Forbidden) }
}

/// Its author alone: it would be gone from everybody else.
pub fn may_make_private(actor: &Actor, template: &TemplateState) -> Result<(), TemplateError> {
    if actor.user == template.created_by { Ok(()) } else { Err(TemplateError::NotYours) }
}
