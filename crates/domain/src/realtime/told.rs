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
    /// Whether customers may not see any more what it [shows](Happened::shows): it is internal by now, or gone.
    pub is_withdrawn: bool,
}

/// How much of an event somebody hears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// What who works on it may see: [`Event::for_technicians`].
    Working,
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
            return (!event.is_internal()).then_some(Extent::Public);
        }
        if matches!(sight, Sight::OwnAndAssigned(_)) && event.happened.is_of_technician(user) {
            return Some(Extent::Working);
        }
        let ticket = self.ticket.as_ref()?;
        let works_on_it = ticket.assignee == Some(user) || event.hands_over(user);
        // A rating is read by who gave it, and by staff.
        let is_rating = matches!(event.happened, Happened::TicketRated { .. });
        if matches!(sight, Sight::OwnAndAssigned(_)) && works_on_it && !is_rating {
            return Some(Extent::Working);
        }
        (ticket.requester == user && !self.is_withdrawn && !event.is_internal()).then_some(Extent::Public)
    }
}

impl Event {
    /// Whether somebody got the ticket by it, or had it taken away.
    fn hands_over(&self, user: UserId) -> bool {
        let Happened::TicketAssigned { from, to } = &self.happened else { return false };
        [from, to].into_iter().flatten().any(|person| person.id == user)
    }
}
