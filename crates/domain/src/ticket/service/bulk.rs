//! One change to many tickets.

use super::{Result, Tickets};
use crate::kernel::actor::Actor;
use crate::kernel::id::{Reference, Target};
use crate::kernel::page::{PageRequest, Paging};
use crate::kernel::race;
use crate::kernel::violation::{Problem, Violations};
use crate::ticket::command::{EditTicket, FindTickets};
use crate::ticket::{TicketBrief, TicketError, policy};

/// Most tickets of one call.
pub const MOST_AT_ONCE: usize = 1_000;

/// Which tickets a change is meant for.
#[derive(Clone, Debug, PartialEq)]
pub enum Chosen {
    /// These.
    Named(Vec<Reference>),
    /// Those that a list would show.
    Found(Box<FindTickets>),
}

/// What became of one of them.
#[derive(Debug)]
pub struct BulkOutcome {
    /// As the client named it; none where it was found by a filter.
    pub named: Option<Reference>,
    /// The ticket; none where there is no such ticket.
    pub ticket: Option<TicketBrief>,
    /// Whether it is now as was wanted.
    pub done: Result<()>,
}

impl Tickets {
    /// Changes many tickets alike; staff only. Each is decided and committed for itself, as [`Tickets::edit`] would, so that
    /// one refusal keeps no other back. The change says how a ticket shall be, not what shall be done to it: done again, also
    /// after it broke off in the middle, it changes nothing more.
    pub async fn bulk(&self, actor: &Actor, chosen: Chosen, change: &EditTicket) -> Result<Vec<BulkOutcome>> {
        policy::may_work(actor)?;
        // the key belongs to the whole call, and not to the first of its commits
        let actor = Actor { claim: None, ..actor.clone() };
        let mut outcomes = Vec::new();
        for (named, ticket) in self.chosen(&actor, chosen).await? {
            let done = match &ticket {
                Some(ticket) => self.change_one(&actor, ticket, change).await,
                None => Err(TicketError::NotFound),
            };
            outcomes.push(BulkOutcome { named, ticket, done });
        }
        Ok(outcomes)
    }

    async fn change_one(&self, actor: &Actor, ticket: &TicketBrief, change: &EditTicket) -> Result<()> {
        let command = EditTicket { target: Target::from(ticket.id), ..change.clone() };
        race::settle(true, async || self.edit_once(actor, &command).await).await.map(drop)
    }

    async fn chosen(&self, actor: &Actor, chosen: Chosen) -> Result<Vec<(Option<Reference>, Option<TicketBrief>)>> {
        match chosen {
            Chosen::Named(named) if named.is_empty() => Err(Violations::one("ids", Problem::Blank).into()),
            Chosen::Named(named) if named.len() > MOST_AT_ONCE => Err(too_many("ids")),
            Chosen::Named(named) => {
                let found = self.reader.briefs(actor.into(), &named).await?;
                Ok(named.into_iter().map(Some).zip(found).collect())
            }
            Chosen::Found(wanted) => {
                let query = self.query(actor, *wanted).await?;
                let page = PageRequest { paging: Paging::Start, size: MOST_AT_ONCE as u64 };
                let found = self.reader.page(actor.into(), &query, &page).await?;
                if found.next.is_some() {
                    return Err(too_many("filter"));
                }
                Ok(found.items.iter().map(|row| (None, Some(TicketBrief::from(row)))).collect())
            }
        }
    }
}

fn too_many(field: &str) -> TicketError {
    Violations::one(field, Problem::TooMany(MOST_AT_ONCE)).into()
}
