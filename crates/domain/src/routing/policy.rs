//! Who may do what with routing.

use super::RoutingError;
use super::command::EditAgent;
use crate::identity::UserState;
use crate::kernel::actor::Actor;

fn allow_if(right: bool) -> Result<(), RoutingError> {
    if right { Ok(()) } else { Err(RoutingError::Forbidden) }
}

/// Staff see which tickets go where.
pub fn may_see_routes(actor: &Actor) -> Result<(), RoutingError> {
    allow_if(actor.is_staff())
}

/// Admins say it.
pub fn may_change_routes(actor: &Actor) -> Result<(), RoutingError> {
    allow_if(actor.is_admin())
}

/// How somebody is given tickets is seen by staff and by themselves. Of others a technician sees nothing, and a customer
/// of nobody.
pub fn may_see_agent(actor: &Actor, user: &UserState) -> Result<(), RoutingError> {
    allow_if(actor.role.is_assignable())?;
    let is_theirs = actor.is_staff() || actor.user == user.id;
    if is_theirs && user.role.is_assignable() { Ok(()) } else { Err(RoutingError::NoAgent) }
}

/// Whether somebody wants tickets now is theirs to say and an admin's; what they bear and can do is an admin's.
pub fn may_change_agent(actor: &Actor, user: &UserState, change: &EditAgent) -> Result<(), RoutingError> {
    let is_about_now = change.capacity.is_none() && change.skills.is_none();
    allow_if(actor.is_admin() || (actor.user == user.id && is_about_now))
}
