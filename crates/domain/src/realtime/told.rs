//! Who hears how much of an event.

use crate::event::{Event, Happened, Recorded, Subject};
use crate::kernel::actor::Sight;
use crate::kernel::id::{Serial, TicketId, UserId};

/// Who takes part in a ticket now, and how people call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Participants {
    /// The ticket.
    pub ticket: TicketId,
    /// Its integer.
    pub serial: Serial,
    /// Its number in the organization: 7 of `TX0007`.
    pub number: i64,
    /// Who asked.
    pub requester: UserId,
    /// Who works on it.
    pub assignee: Option<UserId>,
}

/// An event of the log, with what decides who hears it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The event.
    pub recorded: Recorded,
    /// Who takes part in its ticket; none when it is about something else, or the ticket is gone.
    pub ticket: Option<Participants>,
}

/// How much of an event somebody hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// What customers may see: [`Event::for_requesters`].
    Public,
}

impl Told {
    /// How much of it somebody with that sight hears; none when it is not for them.
    pub fn heard_by(&self, user: UserId, sight: Sight) -> Option<Extent> {
        if sight == Sight::All {
            return Some(Extent::Whole);
        }
        let event = &self.recorded.event;
        if event.subject == Subject::User(user) {
            return event.for_requesters().map(|_| Extent::Public);
        }
        if matches!(sight, Sight::OwnAndAssigned(_)) && event.happened.is_of_technician(user) {
            return Some(Extent::Whole);
        }
        let ticket = self.ticket.as_ref()?;
        if matches!(sight, Sight::OwnAndAssigned(_)) && (ticket.assignee == Some(user) || event.hands_over(user)) {
            return Some(Extent::Whole);
        }
        (ticket.requester == user).then(|| event.for_requesters()).flatten().map(|_| Extent::Public)
    }
}

impl Event {
    /// What of it the requester of its ticket, or whoever's account it is about, may hear. Kinds of events that are not
    /// named here stay among staff.
    pub fn for_requesters(&self) -> Option<Self> {
        let happened = match &self.happened {
            Happened::TicketUpdated { changes } => {
                let changes: Vec<_> = changes.iter().filter(|change| !change.is_internal()).cloned().collect();
                (!changes.is_empty()).then_some(Happened::TicketUpdated { changes })?
            }
            happened @ (Happened::TicketCreated { .. }
            | Happened::TicketStatusChanged { .. }
            | Happened::TicketAssigned { .. }
            | Happened::TicketFinalized
            | Happened::TicketDeleted { .. }
            | Happened::UserUpdated { .. }
            | Happened::PasswordChanged
            | Happened::UserApproved) => happened.clone(),
            happened @ (Happened::CommentAdded { is_internal, .. }
            | Happened::CommentEdited { is_internal, .. }
            | Happened::CommentDeleted { is_internal, .. }
            | Happened::AttachmentAdded { is_internal, .. }
            | Happened::AttachmentRemoved { is_internal, .. }) => (!is_internal).then(|| happened.clone())?,
            _ => return None,
        };
        Some(Self { happened, ..self.clone() })
    }

    /// Whether somebody got the ticket by it, or had it taken away.
    fn hands_over(&self, user: UserId) -> bool {
        let Happened::TicketAssigned { from, to } = &self.happened else { return false };
        [from, to].into_iter().flatten().any(|person| person.id == user)
    }
}
