//! Who may do what with routing.

use super::command::EditAgent;
use super::{AgentView, RoutingError, Skills};
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

/// Whether somebody wants tickets now is theirs to say and an admin's; what they bear and can do is an admin's. To say what
/// is so already is no change.
pub fn may_change_agent(actor: &Actor, user: &UserState, view: &AgentView, change: &EditAgent) -> Result<(), RoutingError> {
    let keeps_capacity = change.capacity.is_none_or(|capacity| capacity == view.capacity);
    let keeps_skills = change.skills.as_deref().map(Skills::parse).is_none_or(|skills| skills.as_ref() == Ok(&view.skills));
    allow_if(actor.is_admin() || (actor.user == user.id && keeps_capacity && keeps_skills))
}
