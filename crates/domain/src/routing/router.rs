//! Giving a ticket to one of many.

use std::sync::Arc;

use uuid::Uuid;

use super::port::AgentRepository;
use super::{Pool, Skills, Strategy};
use crate::event::Happened;
use crate::kernel::clock::Moment;
use crate::kernel::fault::StoreError;
use crate::ticket::Ticket;
use crate::work::Write;

/// By which strategy, and among whom, a ticket is to be given away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// Whose turns these are: a route, or whatever else goes round on its own.
    pub turn: Uuid,
    /// How somebody is chosen.
    pub strategy: Strategy,
    /// Among whom.
    pub pool: Pool,
    /// What they must be able to do.
    pub skills: Skills,
}

/// Somebody was found. The ticket is changed; all of it belongs into one commit.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// What happened to the ticket.
    pub happened: Happened,
    /// What is to be written behind the ticket: the store refuses the commit when somebody else was served meanwhile
    /// ([`StoreError::Stale`]), or when the person cannot take the ticket any more ([`Router::is_lost`]).
    pub guards: Vec<Write>,
}

/// Finds somebody for tickets.
#[derive(Clone)]
pub struct Router {
    /// Whom tickets can be given to.
    pub agents: Arc<dyn AgentRepository>,
}

impl Router {
    /// The rule that the store names when it refuses a claim: the person has as many tickets as they bear, or is not
    /// available any more.
    pub const FULL: &'static str = "agent_full";

    /// Gives the ticket to somebody; none when it has somebody already, is not open, or nobody can take it. Whoever
    /// commits the claim decides again when it [is lost](Self::is_lost).
    pub async fn claim(&self, ticket: &mut Ticket, wanted: &Assignment, now: Moment) -> Result<Option<Claim>, StoreError> {
        if ticket.assignee.is_some() || !ticket.status.is_active() {
            return Ok(None);
        }
        let Assignment { turn, strategy, pool, skills } = wanted;
        let agents = self.agents.agents(ticket.organization, pool).await?;
        let last = self.agents.last_served(ticket.organization, *turn).await?;
        let Some(agent) = strategy.choose(&agents, skills, last) else { return Ok(None) };
        let Some(happened) = ticket.assign(None, Some(agent.named()), now) else { return Ok(None) };
        let serve = Write::Serve { turn: *turn, last, to: agent.user };
        Ok(Some(Claim { happened, guards: vec![serve, Write::KeepCapacity(agent.user)] }))
    }

    /// Whether a commit was refused because the claim in it came too late: on fresh data there may be somebody else.
    pub fn is_lost(error: &StoreError) -> bool {
        match error {
            StoreError::Stale => true,
            StoreError::Taken(rule) => rule == Self::FULL,
            _ => false,
        }
    }
}
