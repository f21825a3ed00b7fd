//! What merging does to the two tickets, and how it is undone.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Action, Status, Ticket, TicketError};
use crate::event::Happened;
use crate::kernel::clock::Moment;
use crate::kernel::id::TagId;
use crate::sla::Pauses;

/// What a ticket was like before it was merged into another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Former {
    status: Status,
    resolved_at: Option<Moment>,
    closed_at: Option<Moment>,
    pauses: Pauses,
}

impl Ticket {
    /// Closes it, since it goes on in another; what it was like, and what happened unless it was closed already.
    pub fn merge(&mut self, now: Moment) -> Result<(Former, Option<Happened>), TicketError> {
        let state = self.state();
        let former = Former {
            status: state.status,
            resolved_at: state.resolved_at,
            closed_at: state.closed_at,
            pauses: state.pauses.clone(),
        };
        state.updated_at = now;
        if former.status == Status::Closed {
            return Ok((former, None));
        }
        let closed = self.step(Action::Merge, now)?;
        Ok((former, Some(closed)))
    }

    /// Makes it what it was like before.
    pub fn unmerge(&mut self, former: Former, now: Moment) -> Option<Happened> {
        let Former { status: to, resolved_at, closed_at, pauses } = former;
        let state = self.state();
        let from = std::mem::replace(&mut state.status, to);
        state.resolved_at = resolved_at;
        state.closed_at = closed_at;
        state.pauses = pauses;
        state.updated_at = now;
        (from != to).then_some(Happened::TicketStatusChanged { from, to, action: Action::Unmerge })
    }

    /// Gives it these labels besides its own; those that it did not have.
    pub fn add_tags(&mut self, tags: &BTreeSet<TagId>, now: Moment) -> BTreeSet<TagId> {
        let state = self.state();
        let new: BTreeSet<TagId> = tags.difference(&state.tags).copied().collect();
        state.tags.extend(&new);
        state.updated_at = now;
        new
    }

    /// Takes these labels from it, where it still has them.
    pub fn remove_tags(&mut self, tags: &BTreeSet<TagId>, now: Moment) {
        let state = self.state();
        state.tags.retain(|tag| !tags.contains(tag));
        state.updated_at = now;
    }
}
