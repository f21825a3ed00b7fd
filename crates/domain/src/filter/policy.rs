//! Who may do what with saved filters. Private ones of others are not found at all.

use super::{FilterError, SavedFilterState};
use crate::kernel::actor::Actor;

/// Everybody keeps filters for themselves; staff for all.
pub fn may_publish(actor: &Actor) -> Result<(), FilterError> {
    if actor.is_staff() { Ok(()) } else { Err(FilterError::NotForAll) }
}

/// Its author, and admins.
pub fn may_change(actor: &Actor, filter: &SavedFilterState) -> Result<(), FilterError> {
    if actor.user == filter.created_by || actor.is_admin() { Ok(()) } else { Err(FilterError::Forbidden) }
}

/// Its author alone: it would be gone from everybody else.
pub fn may_make_private(actor: &Actor, filter: &SavedFilterState) -> Result<(), FilterError> {
    if actor.user == filter.created_by { Ok(()) } else { Err(FilterError::NotYours) }
}
