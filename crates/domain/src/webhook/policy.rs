//! Who may do what with webhooks. They are told what stays among staff, so they are for admins alone.

use super::WebhookError;
use crate::kernel::actor::Actor;

/// Admins.
pub fn may_manage(actor: &Actor) -> Result<(), WebhookError> {
    if actor.is_admin() { Ok(()) } else { Err(WebhookError::Forbidden) }
}
