//! Who may do what in field service. Staff plan; a technician sees their own work orders, moves them on and keeps their
//! tasks and materials; customers see none.

use super::FieldServiceError;
use super::port::WorkSight;
use crate::identity::Role;
use crate::kernel::actor::Actor;

/// Which work orders somebody sees; none for customers, to whom there are none.
pub fn sight(actor: &Actor) -> Option<WorkSight> {
    match actor.role {
        Role::Agent | Role::Coordinator | Role::Admin => Some(WorkSight::All),
        Role::Technician => Some(WorkSight::AssignedTo(actor.user)),
        Role::Customer => None,
    }
}

/// Planning, which is everything besides the work itself: staff.
pub fn may_plan(actor: &Actor) -> Result<(), FieldServiceError> {
    if actor.is_staff() { Ok(()) } else { Err(FieldServiceError::Forbidden) }
}
