//! What merging and splitting have in common.

use std::sync::Arc;

use super::TransferError;
use super::port::TransferRepository;
use crate::event::NamedTicket;
use crate::kernel::actor::Actor;
use crate::kernel::clock::{Clock, Ids, Moment};
use crate::kernel::id::{LinkId, Reference, Target, TicketId};
use crate::kernel::violation::{Problem, Violations};
use crate::link::{LinkKind, TicketLink};
use crate::taxonomy::port::TaxonomyRepository;
use crate::ticket::port::{TicketReader, TicketRepository};
use crate::ticket::{Ticket, TicketError, TicketView};
use crate::work::UnitOfWork;

/// The use cases of merging and splitting.
#[derive(Clone)]
pub struct Transfers {
    /// What can be undone.
    pub transfers: Arc<dyn TransferRepository>,
    /// Tickets to decide on.
    pub tickets: Arc<dyn TicketRepository>,
    /// Tickets to show.
    pub reader: Arc<dyn TicketReader>,
    /// Tags, to name them.
    pub taxonomy: Arc<dyn TaxonomyRepository>,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Fresh identities.
    pub ids: Arc<dyn Ids>,
}

pub(super) type Result<T> = std::result::Result<T, TransferError>;

impl Transfers {
    /// The ticket that the path names, for staff.
    pub(super) async fn of_staff(&self, actor: &Actor, target: &Target) -> Result<Ticket> {
        let ticket = self.tickets.find(actor.into(), &target.reference).await?.ok_or(TicketError::NotFound)?;
        if !actor.is_staff() {
            return Err(TransferError::Forbidden);
        }
        target.allows(ticket.revision)?;
        Ok(ticket)
    }

    /// A ticket that a field of the body names.
    pub(super) async fn named(&self, actor: &Actor, field: &str, reference: &Reference) -> Result<Ticket> {
        let found = self.tickets.find(actor.into(), reference).await?;
        Ok(found.ok_or_else(|| Violations::one(field, Problem::Unknown(reference.to_string())))?)
    }

    /// How tickets are called, each in its place.
    pub(super) async fn names<const N: usize>(&self, actor: &Actor, tickets: [TicketId; N]) -> Result<[NamedTicket; N]> {
        let briefs = self.reader.briefs(actor.into(), &tickets.map(Reference::from)).await?;
        let names: Option<Vec<NamedTicket>> = briefs.iter().map(|brief| brief.as_ref().map(NamedTicket::from)).collect();
        Ok(names.and_then(|names| names.try_into().ok()).ok_or(TicketError::NotFound)?)
    }

    pub(super) fn link(&self, actor: &Actor, from: TicketId, to: TicketId, kind: LinkKind, now: Moment) -> TicketLink {
        let (id, organization) = (LinkId(self.ids.next()), actor.organization);
        TicketLink { id, organization, from, to, kind, created_by: actor.user, created_at: now }
    }

    pub(super) async fn show(&self, actor: &Actor, ticket: TicketId) -> Result<TicketView> {
        Ok(self.reader.view(actor.into(), &ticket.into()).await?.ok_or(TicketError::NotFound)?)
    }
}
