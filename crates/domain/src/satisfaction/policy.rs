//! Who may do what with ratings. Whether the actor sees the ticket at all has been settled before.

use chrono::TimeDelta;

use super::SatisfactionError;
use crate::identity::OrganizationSettings;
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::ticket::{Status, Ticket};

type Allowed = Result<(), SatisfactionError>;

/// Rating: the requester alone, of what is resolved or closed.
pub fn may_rate(actor: &Actor, ticket: &Ticket) -> Allowed {
    if actor.user != ticket.requester {
        return Err(SatisfactionError::Forbidden);
    }
    match ticket.status {
        Status::Resolved | Status::Closed => Ok(()),
        status => Err(SatisfactionError::NotResolved(status)),
    }
}

/// Rating differently: as long as the ticket could be reopened.
pub fn may_change(ticket: &Ticket, settings: &OrganizationSettings, now: Moment) -> Allowed {
    let in_time = ticket.resolved_at.is_some_and(|resolved| now - resolved <= TimeDelta::days(settings.reopen_days));
    if in_time { Ok(()) } else { Err(SatisfactionError::TooLate) }
}

/// Reading a rating: the requester and staff.
pub fn may_read(actor: &Actor, ticket: &Ticket) -> Allowed {
    if actor.is_staff() || actor.user == ticket.requester { Ok(()) } else { Err(SatisfactionError::Forbidden) }
}
