//! Linking tickets.

use std::sync::Arc;

use super::port::LinkRepository;
use super::{LinkError, LinkView, Relation, TicketLink};
use crate::event::{Event, Happened, NamedTicket};
use crate::kernel::actor::Actor;
use crate::kernel::clock::{Clock, Ids};
use crate::kernel::fault::StoreError;
use crate::kernel::id::{LinkId, Reference, Target, TicketId};
use crate::kernel::page::{Page, PageRequest};
use crate::kernel::race;
use crate::kernel::violation::{Check, Problem, Violations};
use crate::ticket::Ticket;
use crate::ticket::port::{TicketReader, TicketRepository};
use crate::work::{Changes, Outcome, UnitOfWork, Write};

/// The use cases of links.
#[derive(Clone)]
pub struct Links {
    /// Links.
    pub links: Arc<dyn LinkRepository>,
    /// Tickets to decide on.
    pub tickets: Arc<dyn TicketRepository>,
    /// Tickets to name.
    pub reader: Arc<dyn TicketReader>,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Fresh identities.
    pub ids: Arc<dyn Ids>,
}

/// Two tickets to link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddLink {
    /// The ticket that the word is said of.
    pub target: Target,
    /// The other one; required.
    pub other: Option<Reference>,
    /// How the first belongs to the other: a word of [`Relation`]; required.
    pub relation: Option<String>,
}

type Result<T> = std::result::Result<T, LinkError>;

impl Links {
    /// A part of a ticket's links; those to tickets that the actor does not see are not among them.
    pub async fn list(&self, actor: &Actor, ticket: &Reference, page: &PageRequest) -> Result<Page<LinkView>> {
        let ticket = self.ticket(actor, &ticket.clone().into()).await?;
        Ok(self.links.page(actor.into(), ticket.id, page).await?)
    }

    /// One of a ticket's links.
    pub async fn read(&self, actor: &Actor, ticket: &Reference, link: &Reference) -> Result<LinkView> {
        let ticket = self.ticket(actor, &ticket.clone().into()).await?;
        self.links.find(actor.into(), ticket.id, link).await?.ok_or(LinkError::NotFound)
    }

    /// Links two tickets of the organization; staff only. Of each kind there is one link between two tickets.
    pub async fn add(&self, actor: &Actor, command: AddLink) -> Result<LinkView> {
        let (ticket, link) = race::settle(command.target.may_retry(), async || self.add_once(actor, &command).await).await?;
        self.links.find(actor.into(), ticket, &link.into()).await?.ok_or(LinkError::NotFound)
    }

    async fn add_once(&self, actor: &Actor, command: &AddLink) -> Result<(TicketId, LinkId)> {
        let ticket = self.ticket(actor, &command.target).await?;
        may_link(actor)?;
        let (relation, other) = looked_at(command)?;
        let other = self.other(actor, &ticket, &other).await?;
        if self.links.exists(actor.organization, ticket.id, other.id, relation.kind).await? {
            return Err(LinkError::Linked);
        }
        let (from, to) = if relation.is_inverse { (other.id, ticket.id) } else { (ticket.id, other.id) };
        let link = TicketLink {
            id: LinkId(self.ids.next()),
            organization: actor.organization,
            from,
            to,
            kind: relation.kind,
            created_by: actor.user,
            created_at: self.clock.now(),
        };
        let id = link.id;
        let made = |link, relation, other| Happened::TicketLinked { link, relation, other };
        let events = self.told(actor, ticket.id, other.id, id, relation, made).await?;
        let outcome = Outcome { kind: "link", id: id.0, parent: Some(ticket.id.0), created: true };
        self.work.commit(Changes::by(actor).with(Write::AddLink(Box::new(link)), events).showing(outcome)).await?;
        Ok((ticket.id, id))
    }

    /// Ends a link; staff only.
    pub async fn remove(&self, actor: &Actor, ticket: &Reference, link: &Reference) -> Result<()> {
        let ticket = self.ticket(actor, &ticket.clone().into()).await?;
        let view = self.links.find(actor.into(), ticket.id, link).await?.ok_or(LinkError::NotFound)?;
        may_link(actor)?;
        if !view.relation.kind.is_free() {
            return Err(LinkError::NotFree);
        }
        let ended = |link, relation, other| Happened::TicketUnlinked { link, relation, other };
        let events = self.told(actor, ticket.id, view.ticket.id, view.id, view.relation, ended).await?;
        match self.work.commit(Changes::by(actor).with(Write::DeleteLink(view.id), events)).await {
            // somebody else was quicker
            Err(StoreError::Stale) => Err(LinkError::NotFound),
            done => Ok(done?),
        }
    }

    /// What happened at both ends, each in its own word.
    async fn told(
        &self,
        actor: &Actor,
        ticket: TicketId,
        other: TicketId,
        link: LinkId,
        relation: Relation,
        happened: impl Fn(LinkId, String, NamedTicket) -> Happened,
    ) -> Result<Vec<Event>> {
        let now = self.clock.now();
        let briefs = self.reader.briefs(actor.into(), &[ticket.into(), other.into()]).await?;
        let [Some(here), Some(there)] = briefs.as_slice() else { return Err(LinkError::NoTicket) };
        let at = |ticket, relation: Relation, named| {
            Event::of_ticket(ticket, actor, now, happened(link, relation.word().to_owned(), NamedTicket::from(named)))
        };
        Ok(vec![at(ticket, relation, there), at(other, relation.turned(), here)])
    }

    async fn ticket(&self, actor: &Actor, target: &Target) -> Result<Ticket> {
        let ticket = self.tickets.find(actor.into(), &target.reference).await?.ok_or(LinkError::NoTicket)?;
        target.allows(ticket.revision)?;
        Ok(ticket)
    }

    async fn other(&self, actor: &Actor, ticket: &Ticket, other: &Reference) -> Result<Ticket> {
        let found = self.tickets.find(actor.into(), other).await?;
        let found = found.ok_or_else(|| Violations::one("ticket", Problem::Unknown(other.to_string())))?;
        if found.id == ticket.id {
            return Err(Violations::one("ticket", Problem::Other("A ticket cannot be linked to itself.")).into());
        }
        Ok(found)
    }
}

fn looked_at(command: &AddLink) -> Result<(Relation, Reference)> {
    let known = |word: &String| Relation::parse(word).ok_or_else(|| Problem::InvalidChoice(word.clone()));
    let mut check = Check::new();
    let relation = check.required("type", command.relation.as_ref().map(known));
    let other = check.required("ticket", command.other.clone().map(Ok));
    check.done()?;
    // `Check::done` has refused what is not there already.
    relation.zip(other).ok_or_else(|| Violations::one("type", Problem::Required).into())
}

fn may_link(actor: &Actor) -> Result<()> {
    if actor.is_staff() { Ok(()) } else { Err(LinkError::Forbidden) }
}
