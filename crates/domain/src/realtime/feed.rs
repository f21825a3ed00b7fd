//! The log with who takes part in its tickets.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use uuid::Uuid;

use super::port::ParticipantRepository;
use super::{Participants, Told};
use crate::event::port::EventRepository;
use crate::event::{Recorded, Subject};
use crate::kernel::actor::Actor;
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, Reference, TicketId};
use crate::ticket::port::{Conversations, TicketRepository};
use crate::ticket::{Ticket, TicketError};

/// What connected people are told from.
#[derive(Clone)]
pub struct LiveFeed {
    /// The log.
    pub events: Arc<dyn EventRepository>,
    /// Who takes part in tickets.
    pub participants: Arc<dyn ParticipantRepository>,
    /// Tickets.
    pub tickets: Arc<dyn TicketRepository>,
    /// What is said on them.
    pub conversations: Arc<dyn Conversations>,
}

impl LiveFeed {
    /// The last position of an organization's log.
    pub async fn position(&self, organization: OrganizationId) -> Result<i64, StoreError> {
        self.events.last_position(organization).await
    }

    /// At most `limit` events behind a position, in order; three statements.
    pub async fn after(&self, organization: OrganizationId, position: i64, limit: u64) -> Result<Vec<Told>, StoreError> {
        let events = self.events.after(organization, position, limit).await?;
        let tickets: BTreeSet<TicketId> = events.iter().filter_map(about).collect();
        let tickets: Vec<TicketId> = tickets.into_iter().collect();
        let found = if tickets.is_empty() { Vec::new() } else { self.participants.participants(organization, &tickets).await? };
        let known: HashMap<TicketId, Participants> = found.into_iter().map(|each| (each.ticket, each)).collect();
        let shown: Vec<Uuid> = events.iter().filter_map(|recorded| recorded.event.happened.shows()).collect();
        let public = if shown.is_empty() { HashSet::new() } else { self.conversations.public(organization, &shown).await? };
        let told = |recorded: Recorded| {
            let ticket = about(&recorded).and_then(|ticket| known.get(&ticket).copied());
            let is_withdrawn = recorded.event.happened.shows().is_some_and(|part| !public.contains(&part));
            Told { recorded, ticket, is_withdrawn }
        };
        Ok(events.into_iter().map(told).collect())
    }

    /// The ticket whose conversation the actor wants to follow, if they see it.
    pub async fn ticket(&self, actor: &Actor, ticket: &Reference) -> Result<Ticket, TicketError> {
        self.tickets.find(actor.into(), ticket).await?.ok_or(TicketError::NotFound)
    }
}

fn about(recorded: &Recorded) -> Option<TicketId> {
    if let Subject::Ticket(ticket) = recorded.event.subject { Some(ticket) } else { None }
}
