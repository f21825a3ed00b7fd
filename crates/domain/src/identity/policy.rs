//! Who may do what with accounts.

use super::command::Door;
use super::{IdentityError, User};
use crate::kernel::actor::Actor;

/// Lists of users are for staff.
pub fn may_list_users(actor: &Actor) -> Result<(), IdentityError> {
    if actor.is_staff() { Ok(()) } else { Err(IdentityError::Forbidden) }
}

/// One user is readable by staff and by that user; to others there is no such user.
pub fn may_read_user(actor: &Actor, user: &User) -> Result<(), IdentityError> {
    if actor.is_staff() || actor.user == user.id { Ok(()) } else { Err(IdentityError::NotFound) }
}

/// An organization's choices are shown to its staff.
pub fn may_see_organization(actor: &Actor) -> Result<(), IdentityError> {
    if actor.is_staff() { Ok(()) } else { Err(IdentityError::Forbidden) }
}

/// Only admins choose for an organization.
pub fn may_change_organization(actor: &Actor) -> Result<(), IdentityError> {
    if actor.is_admin() { Ok(()) } else { Err(IdentityError::Forbidden) }
}

/// Only admins create users, delete them or change anything of another.
pub fn may_administer_users(actor: &Actor) -> Result<(), IdentityError> {
    if actor.is_admin() { Ok(()) } else { Err(IdentityError::Forbidden) }
}

/// Doors for staff only, and for others only (seed 004).
pub fn may_use_door(door: Door, user: &User) -> Result<(), IdentityError> {
    let fits = match door {
        Door::Everybody => true,
        Door::Employees => !user.role.is_staff(),
        Door::Staff => user.role.is_staff(),
    };
    if fits { Ok(()) } else { Err(IdentityError::Forbidden) }
}
