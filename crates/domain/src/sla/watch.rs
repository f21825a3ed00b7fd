//! Watching the clocks: alarms ring when their time has come, and tickets are judged anew when what is promised changes.

use std::sync::Arc;

use super::port::{ClockQueue, SlaRepository};
use crate::event::Event;
use crate::kernel::actor::Sight;
use crate::kernel::clock::Clock;
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, TicketId};
use crate::ticket::Ticket;
use crate::ticket::port::{TicketRepository, Viewer};
use crate::work::{Changes, UnitOfWork, Write};

/// How many tickets are looked at in one round.
const BATCH: u64 = 200;

/// Watches the clocks of all organizations. Any number of replicas may: of those that bring the same alarm, the ticket's
/// revision lets one.
#[derive(Clone)]
pub struct Watch {
    /// Which tickets want something.
    pub queue: Arc<dyn ClockQueue>,
    /// Tickets to decide on.
    pub tickets: Arc<dyn TicketRepository>,
    /// What is promised.
    pub levels: Arc<dyn SlaRepository>,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

impl Watch {
    /// Lets the alarms ring whose time has come, each with its own time; answers whether there may be more.
    pub async fn ring(&self) -> Result<bool, StoreError> {
        let ringing = self.queue.ringing(self.clock.now(), BATCH).await?;
        let mut round = Round::default();
        for (organization, ticket) in &ringing {
            round.settle(self.ring_once(*organization, *ticket).await)?;
        }
        round.end(!ringing.is_empty())
    }

    /// Judges tickets by what is promised now; answers whether there may be more.
    pub async fn judge(&self) -> Result<bool, StoreError> {
        let outdated = self.queue.outdated(BATCH).await?;
        let mut round = Round::default();
        for (organization, ticket) in &outdated {
            round.settle(self.judge_once(*organization, *ticket).await)?;
        }
        round.end(!outdated.is_empty())
    }

    async fn ring_once(&self, organization: OrganizationId, id: TicketId) -> Result<(), StoreError> {
        let Some(mut ticket) = self.find(organization, id).await? else { return Ok(()) };
        let book = self.levels.book(organization).await?;
        let rung = ticket.ring(&book, self.clock.now());
        let events: Vec<Event> = rung.into_iter().map(|(at, happened)| Event::by_itself(&ticket, at, happened)).collect();
        self.work.commit(Changes::of(organization).with(Write::SaveTicket(Box::new(ticket)), events)).await
    }

    async fn judge_once(&self, organization: OrganizationId, id: TicketId) -> Result<(), StoreError> {
        let Some(ticket) = self.find(organization, id).await? else { return Ok(()) };
        self.work.commit(Changes::of(organization).with(Write::SaveTicket(Box::new(ticket)), [])).await
    }

    async fn find(&self, organization: OrganizationId, ticket: TicketId) -> Result<Option<Ticket>, StoreError> {
        self.tickets.find(Viewer { organization, sight: Sight::All }, &ticket.into()).await
    }
}

/// What becomes of the tickets of one round.
#[derive(Default)]
struct Round {
    /// What the first ticket said that can't be dealt with.
    broken: Option<StoreError>,
}

impl Round {
    /// Goes on with the others where only this ticket can't be dealt with. Where somebody else was quicker, what is left to
    /// do comes again in the next round.
    fn settle(&mut self, done: Result<(), StoreError>) -> Result<(), StoreError> {
        match done {
            Ok(()) | Err(StoreError::Stale) => {}
            Err(gone @ StoreError::Unavailable(_)) => return Err(gone),
            Err(failure) => {
                self.broken.get_or_insert(failure);
            }
        }
        Ok(())
    }

    fn end(self, is_more: bool) -> Result<bool, StoreError> {
        self.broken.map_or(Ok(is_more), Err)
    }
}

#[cfg(test)]
mod tests;
