//! The use cases of tickets.

mod bulk;
mod context;
mod conversation;
mod edit;
mod export;
mod finalize;
mod lifecycle;
mod open;
mod read;
mod report;

use std::sync::Arc;

use super::port::{TicketReader, TicketRepository};
use super::{Ticket, TicketError, TicketView};
use crate::attachment::port::Addresses;
use crate::identity::OrganizationSettings;
use crate::identity::port::{IdentityRepository, OrganizationRepository};
use crate::kernel::actor::Actor;
use crate::kernel::clock::{Clock, Ids};
use crate::kernel::id::{Reference, Target, TicketId};
use crate::kernel::violation::{Problem, Violations};
use crate::taxonomy::port::TaxonomyRepository;
use crate::work::{Changes, Outcome, UnitOfWork};
use crate::workflow::Workflows;

pub use bulk::{BulkOutcome, Chosen, MOST_AT_ONCE};
pub(crate) use context::MOST_TAGS;
pub use export::{ExportTickets, TicketExport};
pub use lifecycle::StatusUpdated;
pub(crate) use open::check_fields;

/// What the use cases of tickets need from outside.
#[derive(Clone)]
pub struct Tickets {
    /// Tickets to decide on.
    pub tickets: Arc<dyn TicketRepository>,
    /// Tickets to show.
    pub reader: Arc<dyn TicketReader>,
    /// Categories, tags and departments.
    pub taxonomy: Arc<dyn TaxonomyRepository>,
    /// People.
    pub people: Arc<dyn IdentityRepository>,
    /// Organizations and what they chose.
    pub organizations: Arc<dyn OrganizationRepository>,
    /// Who takes what is finalized.
    pub workflows: Workflows,
    /// How the workflow gets at files.
    pub addresses: Arc<dyn Addresses>,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Fresh identities.
    pub ids: Arc<dyn Ids>,
}

type Result<T> = std::result::Result<T, TicketError>;

impl Tickets {
    /// The ticket that is to be changed. One that was merged into another stays as it is.
    async fn get(&self, actor: &Actor, target: &Target) -> Result<Ticket> {
        let ticket = self.meant(actor, target).await?;
        if ticket.merged_into.is_some() { Err(TicketError::Merged) } else { Ok(ticket) }
    }

    /// The ticket that is meant, if the actor sees it and it is still as the client believes.
    async fn meant(&self, actor: &Actor, target: &Target) -> Result<Ticket> {
        let found = self.tickets.find(actor.into(), &target.reference).await?;
        let ticket = found.ok_or(TicketError::NotFound)?;
        target.allows(ticket.revision)?;
        Ok(ticket)
    }

    /// The ticket as the actor sees it.
    async fn show(&self, actor: &Actor, ticket: TicketId) -> Result<TicketView> {
        self.reader.view(actor.into(), &ticket.into()).await?.ok_or(TicketError::NotFound)
    }

    async fn settings(&self, actor: &Actor) -> Result<OrganizationSettings> {
        Ok(self.organizations.get(actor.organization).await?.map(|organization| organization.settings).unwrap_or_default())
    }

    async fn commit(&self, changes: Changes, ticket: TicketId, created: bool) -> Result<()> {
        let outcome = Outcome { kind: "ticket", id: ticket.0, parent: None, created };
        Ok(self.work.commit(changes.showing(outcome)).await?)
    }
}

fn unknown(field: &str, reference: &Reference) -> TicketError {
    Violations::one(field, Problem::Unknown(reference.to_string())).into()
}

#[cfg(test)]
mod tests;
