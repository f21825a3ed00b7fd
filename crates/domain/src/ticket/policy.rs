//! Who may do what with tickets. Whether the actor sees the ticket at all has been settled before.

use chrono::TimeDelta;

use super::{Comment, Ticket, TicketError};
use crate::identity::OrganizationSettings;
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;

type Allowed = Result<(), TicketError>;

fn allow_if(right: bool) -> Allowed {
    if right { Ok(()) } else { Err(TicketError::Forbidden) }
}

/// Approving, rejecting, claiming, assigning, setting a status, resolving, finalizing: staff.
pub fn may_work(actor: &Actor) -> Allowed {
    allow_if(actor.is_staff())
}

/// Deleting: admins.
pub fn may_delete(actor: &Actor) -> Allowed {
    allow_if(actor.is_admin())
}

/// Withdrawing: the requester alone.
pub fn may_withdraw(actor: &Actor, ticket: &Ticket) -> Allowed {
    allow_if(actor.user == ticket.requester)
}

/// Closing and reopening: the requester and staff.
pub fn may_close_or_reopen(actor: &Actor, ticket: &Ticket) -> Allowed {
    allow_if(actor.is_staff() || actor.user == ticket.requester)
}

/// A requester reopens what was resolved not too long ago; staff reopen anything resolved or closed.
pub fn may_still_reopen(actor: &Actor, ticket: &Ticket, settings: &OrganizationSettings, now: Moment) -> bool {
    let in_time = ticket.resolved_at.is_some_and(|resolved| now - resolved <= TimeDelta::days(settings.reopen_days));
    actor.is_staff() || (ticket.status == super::Status::Resolved && in_time)
}

/// Editing fields: staff everything; a requester their own fields, while the ticket is open to them.
pub fn may_edit(actor: &Actor, ticket: &Ticket, all_requesters_own: bool) -> Allowed {
    let own = actor.user == ticket.requester && ticket.status.is_open_to_requester() && all_requesters_own;
    allow_if(actor.is_staff() || own)
}

/// Fields that only staff may give when opening a ticket: assignee and deadline.
pub fn may_plan(actor: &Actor) -> Allowed {
    allow_if(actor.is_staff())
}

/// Commenting: whoever sees the ticket; internally, whoever sees its internal notes.
pub fn may_comment(actor: &Actor, ticket: &Ticket, is_internal: bool) -> Allowed {
    allow_if(!is_internal || actor.sight().covers_internal(ticket.assignee))
}

/// Editing and deleting comments: authors for some minutes, admins always.
pub fn may_edit_comment(actor: &Actor, comment: &Comment, settings: &OrganizationSettings, now: Moment) -> Allowed {
    let in_time = now - comment.created_at <= TimeDelta::minutes(settings.comment_edit_minutes);
    allow_if(actor.is_admin() || (actor.user == comment.author && in_time))
}
