//! The ticket itself.

use std::collections::BTreeSet;
use std::ops::Deref;

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::{Action, Judged, Priority, Status, TicketError, Utterance};
use crate::event::{Happened, Named};
use crate::kernel::clock::Moment;
use crate::kernel::id::{CategoryId, DepartmentId, OrganizationId, Revision, TagId, TicketId, UserId};
use crate::kernel::text::{Description, Email, Title};
use crate::sla::Pauses;

/// All that is kept of a ticket.
#[derive(Clone, Debug, PartialEq)]
pub struct TicketState {
    /// Identity.
    pub id: TicketId,
    /// Tenant.
    pub organization: OrganizationId,
    /// What it is called.
    pub title: Title,
    /// What it is about.
    pub description: Description,
    /// Where it is in its life.
    pub status: Status,
    /// How urgent; none before approval.
    pub priority: Option<Priority>,
    /// What it is about, in one word.
    pub category: Option<CategoryId>,
    /// A finer word, free text.
    pub sub_category: Option<String>,
    /// Whose ticket it is.
    pub department: Option<DepartmentId>,
    /// Who asked.
    pub requester: UserId,
    /// Who works on it.
    pub assignee: Option<UserId>,
    /// Where the requester wants to be reached.
    pub contact_email: Option<Email>,
    /// Staff's own notes.
    pub admin_notes: Option<String>,
    /// Labels.
    pub tags: BTreeSet<TagId>,
    /// Whatever else the organization keeps.
    pub custom_fields: Map<String, Value>,
    /// A resolution deadline that somebody gave, instead of the policy's.
    pub due_override: Option<Moment>,
    /// The day that the requester would like.
    pub scheduled_date: Option<NaiveDate>,
    /// How it was resolved.
    pub resolution: Option<String>,
    /// Why it was refused.
    pub rejection_reason: Option<String>,
    /// Submitted.
    pub created_at: Moment,
    /// Last changed, conversation included.
    pub updated_at: Moment,
    /// First public answer of staff.
    pub first_response_at: Option<Moment>,
    /// Resolved.
    pub resolved_at: Option<Moment>,
    /// Closed, rejected or withdrawn.
    pub closed_at: Option<Moment>,
    /// Handed to the external workflow.
    pub finalized_at: Option<Moment>,
    /// Last public reply of its requester that opened the clock of the next answer.
    pub asked_at: Option<Moment>,
    /// The public answer of staff to it.
    pub answered_at: Option<Moment>,
    /// When the clocks stood.
    pub pauses: Pauses,
    /// The ticket that it was merged into; kept by the merge, and not written with the ticket.
    pub merged_into: Option<TicketId>,
    /// What is remembered of its clocks.
    pub judged: Judged,
    /// How often it was written.
    pub revision: Revision,
}

/// A ticket. Read through its state, changed through its verbs, each of which returns what happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticket(TicketState);

impl Deref for Ticket {
    type Target = TicketState;

    fn deref(&self) -> &TicketState {
        &self.0
    }
}

impl Ticket {
    /// A ticket as it was stored.
    pub fn restored(state: TicketState) -> Self {
        Self(state)
    }

    /// A new ticket.
    pub fn open(state: TicketState) -> (Self, Happened) {
        let happened = Happened::TicketCreated {
            title: state.title.to_string(),
            status: state.status,
            priority: state.priority,
            requester: state.requester,
        };
        (Self(state), happened)
    }

    /// Moves it along, if its life allows.
    pub fn step(&mut self, action: Action, now: Moment) -> Result<Happened, TicketError> {
        let from = self.0.status;
        let to = from.after(action).ok_or(TicketError::InvalidTransition { from, action })?;
        self.enter(to, now);
        Ok(Happened::TicketStatusChanged { from, to, action })
    }

    fn enter(&mut self, to: Status, now: Moment) {
        let state = &mut self.0;
        if to.stops_the_clock() {
            state.pauses.begin(now);
        } else {
            state.pauses.end(now);
        }
        state.resolved_at = match to {
            Status::Resolved => Some(now),
            Status::Closed => state.resolved_at.or(Some(now)),
            _ => None,
        };
        state.closed_at = matches!(to, Status::Closed | Status::Rejected | Status::Withdrawn).then_some(now);
        state.status = to;
        state.updated_at = now;
    }

    /// Gives it to somebody, or to nobody; none when it is so already.
    pub fn assign(&mut self, from: Option<Named>, to: Option<Named>, now: Moment) -> Option<Happened> {
        let assignee = to.as_ref().map(|person| person.id);
        if self.0.assignee == assignee {
            return None;
        }
        self.0.assignee = assignee;
        self.0.updated_at = now;
        Some(Happened::TicketAssigned { from, to })
    }

    /// Says how it was resolved.
    pub fn explain(&mut self, resolution: Option<String>) {
        if resolution.is_some() {
            self.0.resolution = resolution;
        }
    }

    /// Hands it to the external workflow, once, when it is resolved or closed.
    pub fn finalize(&mut self, now: Moment) -> Result<Happened, TicketError> {
        if self.0.finalized_at.is_some() {
            return Err(TicketError::AlreadyFinalized);
        }
        if !matches!(self.0.status, Status::Resolved | Status::Closed) {
            return Err(TicketError::NotFinishable(self.0.status));
        }
        self.0.finalized_at = Some(now);
        self.0.updated_at = now;
        Ok(Happened::TicketFinalized)
    }

    /// Says why it was refused.
    pub fn refuse(&mut self, reason: String) {
        self.0.rejection_reason = Some(reason);
    }

    /// Notes that something was said: an answer of staff stops the clocks of answers, a reply of the requester lets the next
    /// one begin; what stays among staff moves nothing that a customer sees.
    pub fn heard(&mut self, what: Utterance, now: Moment) {
        match what {
            Utterance::Internal => return,
            Utterance::Public => {}
            Utterance::Reply => self.asked(now),
            Utterance::Answer => self.answered(now),
        }
        self.0.updated_at = now;
    }

    /// The state, for the verbs of this feature.
    pub(super) fn state(&mut self) -> &mut TicketState {
        &mut self.0
    }
}
