//! Who may see figures.

use super::AnalyticsError;
use crate::kernel::actor::Actor;

/// Figures are for staff.
pub fn may_see(actor: &Actor) -> Result<(), AnalyticsError> {
    if actor.is_staff() { Ok(()) } else { Err(AnalyticsError::Forbidden) }
}
