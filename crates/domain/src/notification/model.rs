//! Notifications, and whom they may go to.

use std::collections::BTreeMap;

use super::NotificationKind;
use crate::field_service::WorkPriority;
use crate::identity::Role;
use crate::kernel::actor::Sight;
use crate::kernel::clock::Moment;
use crate::kernel::id::{EventId, NotificationId, TicketId, UserId, WorkOrderId};
use crate::mail::TicketBrief;
use crate::ticket::Priority;

/// Something that somebody is told. There is one at most for each event and person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// Identity.
    pub id: NotificationId,
    /// What it tells of.
    pub event: EventId,
    /// Whom.
    pub user: UserId,
    /// What for.
    pub kind: NotificationKind,
    /// How much it presses.
    pub priority: Priority,
    /// The line that a list shows.
    pub title: String,
    /// The sentence.
    pub message: String,
    /// The ticket that it is about.
    pub ticket: Option<TicketId>,
    /// The work order that it is about.
    pub work_order: Option<WorkOrderId>,
    /// Whether it tells of what stays among staff.
    pub is_internal: bool,
    /// When it happened.
    pub created_at: Moment,
}

/// Somebody who can be told something: who may log in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Who.
    pub user: UserId,
    /// Their role now.
    pub role: Role,
    /// What they chose.
    pub chosen: BTreeMap<NotificationKind, bool>,
}

impl Recipient {
    /// Whether they want notifications of this kind.
    pub fn wants(&self, kind: NotificationKind) -> bool {
        self.chosen.get(&kind).copied().unwrap_or(kind.is_wanted_unasked())
    }

    fn sight(&self) -> Sight {
        Sight::of(self.user, self.role)
    }
}

/// Whom a ticket concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketAudience {
    /// The ticket.
    pub ticket: TicketBrief,
    /// How urgent it is.
    pub priority: Option<Priority>,
    /// Who asked.
    pub requester: UserId,
    /// Who works on it.
    pub assignee: Option<UserId>,
    /// Those of them, and of the others who were asked for, who may log in.
    pub people: Vec<Recipient>,
}

impl TicketAudience {
    /// Somebody who wants to hear of it, and may: who sees the ticket, and its internal notes if it is about one.
    pub fn hears(&self, user: UserId, kind: NotificationKind, is_internal: bool) -> bool {
        self.people.iter().find(|person| person.user == user).is_some_and(|person| {
            let sight = person.sight();
            person.wants(kind)
                && sight.covers(self.requester, self.assignee)
                && (!is_internal || sight.covers_internal(self.assignee))
        })
    }
}

/// Whom a work order concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkAudience {
    /// The work order.
    pub id: WorkOrderId,
    /// Shown as `WO0001`.
    pub number: i64,
    /// What it is called.
    pub title: String,
    /// How urgent it is.
    pub priority: WorkPriority,
    /// Who planned it.
    pub planner: UserId,
    /// Who does it.
    pub technician: Option<UserId>,
    /// Those of them who may log in.
    pub people: Vec<Recipient>,
}

impl WorkAudience {
    /// Somebody who wants to hear of it, and may: staff, and the technician whose work it is.
    pub fn hears(&self, user: UserId, kind: NotificationKind) -> bool {
        self.people.iter().find(|person| person.user == user).is_some_and(|person| {
            let is_theirs = person.role == Role::Technician && self.technician == Some(user);
            person.wants(kind) && (person.role.is_staff() || is_theirs)
        })
    }
}
