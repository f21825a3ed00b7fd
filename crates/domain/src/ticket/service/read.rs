//! Looking at tickets.

use super::{MOST_TAGS, Result, Tickets, unknown};
use crate::kernel::actor::Actor;
use crate::kernel::id::{Reference, TicketId, UserId};
use crate::kernel::once::each_once;
use crate::kernel::page::{Page, PageRequest};
use crate::kernel::violation::{Problem, Violations};
use crate::kernel::zone::Zone;
use crate::search::SearchText;
use crate::ticket::command::FindTickets;
use crate::ticket::{
    AssigneeFilter, CommentView, HistoryView, TicketError, TicketFilter, TicketQuery, TicketRow, TicketStats, TicketView, policy,
};

impl Tickets {
    /// A part of the tickets that the actor sees. A filter that refers to nothing is refused.
    pub async fn list(&self, actor: &Actor, wanted: FindTickets, page: &PageRequest) -> Result<Page<TicketRow>> {
        let query = self.query(actor, wanted).await?;
        Ok(self.reader.page(actor.into(), &query, page).await?)
    }

    /// Whether everything that a list would be asked for is there; refused as [`Tickets::list`] would be.
    pub async fn recognize(&self, actor: &Actor, wanted: FindTickets) -> Result<()> {
        self.query(actor, wanted).await.map(drop)
    }

    /// As [`Tickets::list`], for staff only: what waits to be worked on (seed 004).
    pub async fn queue(&self, actor: &Actor, wanted: FindTickets, page: &PageRequest) -> Result<Page<TicketRow>> {
        policy::may_work(actor)?;
        self.list(actor, wanted, page).await
    }

    /// One ticket, whole.
    pub async fn read(&self, actor: &Actor, ticket: &Reference) -> Result<TicketView> {
        self.reader.view(actor.into(), ticket).await?.ok_or(TicketError::NotFound)
    }

    /// A part of its conversation.
    pub async fn comments(&self, actor: &Actor, ticket: &Reference, page: &PageRequest) -> Result<Page<CommentView>> {
        let ticket = self.seen(actor, ticket).await?;
        Ok(self.reader.comments(actor.into(), ticket, page).await?)
    }

    /// One comment.
    pub async fn read_comment(&self, actor: &Actor, ticket: &Reference, comment: &Reference) -> Result<CommentView> {
        let ticket = self.seen(actor, ticket).await?;
        self.reader.comment_view(actor.into(), ticket, comment).await?.ok_or(TicketError::NoComment)
    }

    /// A part of its history.
    pub async fn history(&self, actor: &Actor, ticket: &Reference, page: &PageRequest) -> Result<Page<HistoryView>> {
        let ticket = self.seen(actor, ticket).await?;
        Ok(self.reader.history(actor.into(), ticket, page).await?)
    }

    /// Figures over what the actor sees; today is the organization's.
    pub async fn stats(&self, actor: &Actor) -> Result<TicketStats> {
        let now = self.clock.now();
        let organization = self.organizations.get(actor.organization).await?;
        let zone = Zone::named(&organization.map(|organization| organization.time_zone).unwrap_or_default());
        Ok(self.reader.stats(actor.into(), now, zone.start_of(zone.day_of(now))).await?)
    }

    async fn seen(&self, actor: &Actor, ticket: &Reference) -> Result<TicketId> {
        Ok(self.tickets.find(actor.into(), ticket).await?.ok_or(TicketError::NotFound)?.id)
    }

    /// The filter and the order with everything looked up that they refer to.
    pub(crate) async fn query(&self, actor: &Actor, wanted: FindTickets) -> Result<TicketQuery> {
        let mut filter = TicketFilter {
            statuses: wanted.statuses,
            priorities: wanted.priorities,
            involving: wanted.mine.then_some(actor.user),
            created_after: wanted.created_after,
            created_before: wanted.created_before,
            due_after: wanted.due_after,
            due_before: wanted.due_before,
            stands: wanted.sla_states.map(|states| (each_once(states), self.clock.now())),
            search: wanted.search.as_deref().map(SearchText::parse),
            ..TicketFilter::default()
        };
        if let Some(reference) = &wanted.category {
            filter.category = Some(self.category(actor, reference).await?.0);
        }
        if let Some(reference) = &wanted.department {
            filter.department = Some(self.department(actor, reference).await?.0);
        }
        if let Some(reference) = &wanted.requester {
            filter.requester = Some(self.person(actor, "created_by", reference).await?);
        }
        filter.assignee = match &wanted.assignee {
            None => None,
            Some(Reference::Name(name)) if matches!(name.as_str(), "none" | "null" | "unassigned") => {
                Some(AssigneeFilter::Nobody)
            }
            Some(reference) => Some(AssigneeFilter::User(self.person(actor, "assigned_to", reference).await?)),
        };
        let tags = few(wanted.tags)?;
        for (reference, tag) in tags.iter().zip(self.taxonomy.tags(actor.organization, &tags).await?) {
            filter.tags.push(tag.ok_or_else(|| unknown("tags", reference))?.id);
        }
        Ok(TicketQuery { filter, order: wanted.order })
    }

    async fn person(&self, actor: &Actor, field: &str, reference: &Reference) -> Result<UserId> {
        match reference {
            Reference::Name(name) if name == "me" => Ok(actor.user),
            reference => {
                let user = self.people.find(actor.organization, reference).await?;
                Ok(user.ok_or_else(|| unknown(field, reference))?.id)
            }
        }
    }
}

/// The tags that are meant, each once; a ticket has only so many.
fn few(tags: Vec<Reference>) -> Result<Vec<Reference>> {
    let tags = each_once(tags);
    if tags.len() > MOST_TAGS { Err(Violations::one("tags", Problem::TooMany(MOST_TAGS)).into()) } else { Ok(tags) }
}
