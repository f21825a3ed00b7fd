//! What can be asked of tickets. Text is as the client wrote it; the use case looks at it.

use chrono::NaiveDate;
use serde_json::{Map, Value};

use super::{Priority, Status};
use crate::attachment::Received;
use crate::kernel::clock::Moment;
use crate::kernel::id::{Reference, Target};
use crate::kernel::word::Word;
use crate::sla::SlaState;

/// A new ticket.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenTicket {
    /// What it is called; required.
    pub title: Option<String>,
    /// What it is about; required.
    pub description: Option<String>,
    /// How urgent; `medium` when absent, unless the ticket waits for approval.
    pub priority: Option<Priority>,
    /// Category.
    pub category: Option<Reference>,
    /// Instead of it, the category of exactly this name, made when missing (seed 004).
    pub category_name: Option<String>,
    /// Finer category.
    pub sub_category: Option<String>,
    /// Department.
    pub department: Option<Reference>,
    /// Who is to work on it; staff only.
    pub assignee: Option<Reference>,
    /// A deadline; staff only.
    pub due_date: Option<Moment>,
    /// The day that the requester would like.
    pub scheduled_date: Option<NaiveDate>,
    /// Labels; an unknown name is made, an unknown id is a mistake.
    pub tags: Vec<Reference>,
    /// Whatever else; at most 50 fields.
    pub custom_fields: Map<String, Value>,
    /// Where the requester wants to be reached.
    pub contact_email: Option<String>,
    /// Files, taken in before.
    pub files: Vec<Received>,
    /// Whether the channel it comes by waits for approval (smartsupport).
    pub needs_approval: bool,
}

/// Changes to a ticket; none leaves a field as it is, an inner none empties it.
#[derive(Clone, Debug, PartialEq)]
pub struct EditTicket {
    /// Which.
    pub target: Target,
    /// Title.
    pub title: Option<String>,
    /// Description.
    pub description: Option<String>,
    /// Status, as a word of the dialect; a requester's is the action of that name.
    pub status: Option<Word<Status>>,
    /// Priority, as a word of the dialect.
    pub priority: Option<Word<Option<Priority>>>,
    /// Category.
    pub category: Option<Option<Reference>>,
    /// Finer category.
    pub sub_category: Option<Option<String>>,
    /// Department.
    pub department: Option<Option<Reference>>,
    /// Assignee.
    pub assignee: Option<Option<Reference>>,
    /// Deadline.
    pub due_date: Option<Option<Moment>>,
    /// The day that the requester would like.
    pub scheduled_date: Option<Option<NaiveDate>>,
    /// All labels.
    pub tags: Option<Vec<Reference>>,
    /// Fields to set, and with `null` to drop.
    pub custom_fields: Option<Map<String, Value>>,
    /// Where the requester wants to be reached.
    pub contact_email: Option<Option<String>>,
    /// Staff's notes.
    pub admin_notes: Option<Option<String>>,
    /// How it was resolved.
    pub resolution: Option<Option<String>>,
}

impl EditTicket {
    /// Nothing to change yet.
    pub fn of(target: impl Into<Target>) -> Self {
        Self {
            target: target.into(),
            title: None,
            description: None,
            status: None,
            priority: None,
            category: None,
            sub_category: None,
            department: None,
            assignee: None,
            due_date: None,
            scheduled_date: None,
            tags: None,
            custom_fields: None,
            contact_email: None,
            admin_notes: None,
            resolution: None,
        }
    }
}

/// Letting a ticket in.
#[derive(Clone, Debug, PartialEq)]
pub struct Approve {
    /// Which.
    pub target: Target,
    /// How urgent; required.
    pub priority: Option<Priority>,
    /// Whose; required.
    pub department: Option<Reference>,
    /// Becomes an internal comment.
    pub notes: Option<String>,
}

/// Setting a status.
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateStatus {
    /// Of which ticket.
    pub target: Target,
    /// To what, as a word of the dialect.
    pub status: Word<Status>,
    /// How it was resolved.
    pub resolution: Option<String>,
    /// A public comment.
    pub comment: Option<String>,
}

/// What a program says of a ticket that it works on.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportProgress {
    /// Of which ticket.
    pub target: Target,
    /// To what, as a word of the dialect; stays when absent.
    pub status: Option<Word<Status>>,
    /// What is to be said on it.
    pub comment: Option<String>,
    /// Whether that stays among staff.
    pub is_internal: bool,
}

/// Something to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddComment {
    /// On which ticket.
    pub target: Target,
    /// What; required.
    pub content: Option<String>,
    /// Whether it stays among staff.
    pub is_internal: bool,
    /// Who is mentioned.
    pub mentions: Vec<Reference>,
}

/// An answer of staff, and what it does to the ticket (help, seed 000).
#[derive(Clone, Debug, PartialEq)]
pub struct Respond {
    /// To which ticket.
    pub target: Target,
    /// What; required.
    pub content: Option<String>,
    /// Whether it stays among staff.
    pub is_internal: bool,
    /// The status that the ticket has with it.
    pub status: Option<Word<Status>>,
}

/// Something to say differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditComment {
    /// On which ticket.
    pub ticket: Reference,
    /// Which comment.
    pub comment: Target,
    /// What it shall say.
    pub content: Option<String>,
    /// Whether it shall stay among staff.
    pub is_internal: Option<bool>,
}

/// Which tickets are wanted, as the client named them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindTickets {
    /// In any of these states.
    pub statuses: Option<Vec<Status>>,
    /// Of any of these priorities.
    pub priorities: Option<Vec<Option<Priority>>>,
    /// In this category.
    pub category: Option<Reference>,
    /// Of this department.
    pub department: Option<Reference>,
    /// Worked on by; `me`, and `none` for nobody.
    pub assignee: Option<Reference>,
    /// Asked by; `me`.
    pub requester: Option<Reference>,
    /// Created by or assigned to the actor.
    pub mine: bool,
    /// With any of these tags.
    pub tags: Vec<Reference>,
    /// Created at or after.
    pub created_after: Option<Moment>,
    /// Created before.
    pub created_before: Option<Moment>,
    /// Due at or after.
    pub due_after: Option<Moment>,
    /// Due before.
    pub due_before: Option<Moment>,
    /// In any of these states against their deadline.
    pub sla_states: Option<Vec<SlaState>>,
    /// With these words.
    pub search: Option<String>,
    /// In this order.
    pub order: Vec<super::TicketOrder>,
}

impl FindTickets {
    /// The same with what was saved, wherever nothing is asked for.
    #[must_use]
    pub fn or(self, saved: Self) -> Self {
        Self {
            statuses: self.statuses.or(saved.statuses),
            priorities: self.priorities.or(saved.priorities),
            category: self.category.or(saved.category),
            department: self.department.or(saved.department),
            assignee: self.assignee.or(saved.assignee),
            requester: self.requester.or(saved.requester),
            mine: self.mine || saved.mine,
            tags: if self.tags.is_empty() { saved.tags } else { self.tags },
            created_after: self.created_after.or(saved.created_after),
            created_before: self.created_before.or(saved.created_before),
            due_after: self.due_after.or(saved.due_after),
            due_before: self.due_before.or(saved.due_before),
            sla_states: self.sla_states.or(saved.sla_states),
            search: self.search.or(saved.search),
            order: if self.order.is_empty() { saved.order } else { self.order },
        }
    }
}
