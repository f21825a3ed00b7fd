//! Who is told what of an event: nobody what they did themselves, what they may not see or do not want, nor twice.

use super::{Message, Recipient, TicketAudience, WorkAudience};
use crate::event::{Event, Happened, WorkOrderHappened};
use crate::identity::Role;
use crate::kernel::id::UserId;

/// Whether anybody may be told of it; asked before anything is looked up.
pub(super) fn is_news(happened: &Happened) -> bool {
    match happened {
        Happened::TicketCreated { .. }
        | Happened::TicketStatusChanged { .. }
        | Happened::CommentAdded { .. }
        | Happened::SlaWarned { .. }
        | Happened::SlaBreached { .. }
        | Happened::TicketNotified { .. }
        | Happened::WorkOrder(WorkOrderHappened::StatusChanged { .. }) => true,
        Happened::TicketAssigned { to, .. } | Happened::WorkOrder(WorkOrderHappened::Assigned { to, .. }) => to.is_some(),
        _ => false,
    }
}

/// Who is told what of a ticket.
pub(super) fn told_of_ticket(event: &Event, audience: &TicketAudience) -> Vec<(UserId, Message)> {
    let hears = |user, message: &Message| audience.hears(user, message.kind(), event.is_internal());
    told(event, by_ticket(event, audience), hears)
}

/// Who is told what of a work order.
pub(super) fn told_of_work(event: &Event, audience: &WorkAudience) -> Vec<(UserId, Message)> {
    told(event, by_work(event, audience), |user, message| audience.hears(user, message.kind()))
}

fn told(event: &Event, concerned: Vec<(UserId, Message)>, hears: impl Fn(UserId, &Message) -> bool) -> Vec<(UserId, Message)> {
    let mut told: Vec<(UserId, Message)> = Vec::new();
    for (user, message) in concerned {
        let is_told = told.iter().any(|(other, _)| *other == user);
        if event.actor != Some(user) && !is_told && hears(user, &message) {
            told.push((user, message));
        }
    }
    told
}

/// Whom something that happened to a ticket concerns, and how; what concerns somebody most comes first.
fn by_ticket(event: &Event, audience: &TicketAudience) -> Vec<(UserId, Message)> {
    let of_ticket = || std::iter::once(audience.requester).chain(audience.assignee);
    match &event.happened {
        Happened::TicketCreated { .. } => {
            let staff = audience.people.iter().filter(|person| person.role.is_staff());
            staff.map(|person| (person.user, Message::Created)).collect()
        }
        Happened::TicketAssigned { to: Some(to), .. } => {
            let still_theirs = audience.assignee.filter(|assignee| *assignee == to.id);
            still_theirs.map(|user| (user, Message::Assigned)).into_iter().collect()
        }
        Happened::TicketStatusChanged { to, .. } => of_ticket().map(|user| (user, Message::StatusChanged { to: *to })).collect(),
        Happened::SlaWarned { clock, .. } => responsible(audience, &Message::SlaWarned { clock: *clock }),
        Happened::SlaBreached { clock, .. } => responsible(audience, &Message::SlaBreached { clock: *clock }),
        Happened::TicketNotified { users, roles, message, .. } => {
            let of_roles = audience.people.iter().filter(|person| roles.contains(&person.role)).map(|person| person.user);
            let told = |user| (user, Message::Told { message: message.clone() });
            users.iter().copied().chain(of_roles).map(told).collect()
        }
        Happened::CommentAdded { mentions, is_internal, .. } => {
            let mentioned = mentions.iter().map(|user| (*user, Message::Mentioned));
            mentioned.chain(of_ticket().map(|user| (user, Message::Replied { is_internal: *is_internal }))).collect()
        }
        _ => Vec::new(),
    }
}

/// Who works on the ticket, or could give it to somebody.
fn responsible(audience: &TicketAudience, message: &Message) -> Vec<(UserId, Message)> {
    let hands_out = |person: &&Recipient| matches!(person.role, Role::Coordinator | Role::Admin);
    let users = match audience.assignee {
        Some(assignee) => vec![assignee],
        None => audience.people.iter().filter(hands_out).map(|person| person.user).collect(),
    };
    users.into_iter().map(|user| (user, message.clone())).collect()
}

/// The same for a work order.
fn by_work(event: &Event, audience: &WorkAudience) -> Vec<(UserId, Message)> {
    match &event.happened {
        Happened::WorkOrder(WorkOrderHappened::Assigned { to: Some(to), .. }) => {
            let still_theirs = audience.technician.filter(|technician| *technician == to.id);
            still_theirs.map(|user| (user, Message::WorkAssigned)).into_iter().collect()
        }
        Happened::WorkOrder(WorkOrderHappened::StatusChanged { to, .. }) => {
            let of_work = audience.technician.into_iter().chain([audience.planner]);
            of_work.map(|user| (user, Message::WorkMoved { to: *to })).collect()
        }
        _ => Vec::new(),
    }
}
