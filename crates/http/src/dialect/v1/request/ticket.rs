//! Tickets and comments, as clients write them.

use helpdesk_domain::kernel::id::{Reference, Target};
use helpdesk_domain::kernel::{Check, Problem as FieldProblem};
use helpdesk_domain::ticket::command::{AddComment, Approve, EditComment, EditTicket, OpenTicket, UpdateStatus};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{Day, Given, Ref, Time};
use crate::dialect::v1::Voice;
use crate::dialect::vocabulary::Vocabulary;
use crate::problem::Problem;

/// A ticket to open, or changes to one; absent fields stay.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct TicketBody {
    /// What it is called; required to open one.
    #[schema(value_type = Option<String>, max_length = 255)]
    #[serde(default)]
    pub title: Given<String>,
    /// What it is about; required to open one.
    #[schema(value_type = Option<String>, max_length = 65536)]
    #[serde(default)]
    pub description: Given<String>,
    /// Status word, to change it.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub status: Given<String>,
    /// Priority word.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub priority: Given<String>,
    /// Category, or `null`.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub category: Given<Ref>,
    /// The same.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub category_id: Given<Ref>,
    /// Finer category.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub sub_category: Given<String>,
    /// Department, or `null`.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub department: Given<Ref>,
    /// The same.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub department_id: Given<Ref>,
    /// Who is to work on it, or `null`; staff only.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub assigned_to: Given<Ref>,
    /// The same.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub assigned_to_id: Given<Ref>,
    /// A deadline, or `null` to follow the policy again; staff only.
    #[schema(value_type = Option<Time>)]
    #[serde(default)]
    pub due_date: Given<Time>,
    /// The day that the requester would like.
    #[schema(value_type = Option<Day>)]
    #[serde(default)]
    pub scheduled_date: Given<Day>,
    /// Labels by name or id; unknown names are made. At most 50.
    pub tags: Option<Vec<Ref>>,
    /// Whatever else is kept, at most 50 fields; `null` drops one.
    #[schema(value_type = Option<Object>)]
    pub custom_fields: Option<Map<String, Value>>,
    /// Where the requester wants to be reached.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub contact_email: Given<String>,
    /// Staff's notes; staff only.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub admin_notes: Given<String>,
    /// How it was resolved; staff only.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub resolution: Given<String>,
}

impl TicketBody {
    /// To be opened.
    pub fn into_opening(self, voice: Voice) -> Result<OpenTicket, Problem> {
        let mut check = Check::new();
        let word = self.priority.0.flatten();
        let priority = check.optional("priority", word.map(|word| voice.priority(&word)));
        let command = OpenTicket {
            title: self.title.0.flatten(),
            description: self.description.0.flatten(),
            priority: priority.and_then(|word| word.means),
            category: reference(self.category.or(self.category_id)).flatten(),
            category_name: None,
            sub_category: self.sub_category.0.flatten().filter(|text| !text.trim().is_empty()),
            department: reference(self.department.or(self.department_id)).flatten(),
            assignee: reference(self.assigned_to.or(self.assigned_to_id)).flatten(),
            due_date: self.due_date.map(|time| time.0).flatten(),
            scheduled_date: self.scheduled_date.map(|day| day.0).flatten(),
            tags: self.tags.unwrap_or_default().into_iter().map(|tag| tag.0).collect(),
            custom_fields: self.custom_fields.unwrap_or_default(),
            contact_email: self.contact_email.0.flatten().filter(|text| !text.trim().is_empty()),
            files: Vec::new(),
            needs_approval: false,
        };
        if !check.passes() {
            command.check(&mut check);
        }
        check.done()?;
        Ok(command)
    }

    /// To be changed.
    pub fn into_edit(self, target: Target, voice: Voice) -> Result<EditTicket, Problem> {
        let mut check = Check::new();
        let title = kept(&mut check, "title", self.title);
        let description = kept(&mut check, "description", self.description);
        let status = kept(&mut check, "status", self.status);
        let status = check.optional("status", status.map(|word| voice.status(&word)));
        let priority = self.priority.0.and_then(|word| match word {
            Some(word) => check.field("priority", voice.priority(&word)),
            None => Some(Vocabulary::no_priority()),
        });
        check.done()?;
        Ok(EditTicket {
            target,
            title,
            description,
            status,
            priority,
            category: reference(self.category.or(self.category_id)),
            sub_category: self.sub_category.0,
            department: reference(self.department.or(self.department_id)),
            assignee: reference(self.assigned_to.or(self.assigned_to_id)),
            due_date: self.due_date.map(|time| time.0),
            scheduled_date: self.scheduled_date.map(|day| day.0),
            tags: self.tags.map(|tags| tags.into_iter().map(|tag| tag.0).collect()),
            custom_fields: self.custom_fields,
            contact_email: self.contact_email.0,
            admin_notes: self.admin_notes.0,
            resolution: self.resolution.0,
        })
    }
}

/// A field that can be changed but not emptied.
fn kept(check: &mut Check, field: &str, given: Given<String>) -> Option<String> {
    let value = given.0?;
    if value.is_none() {
        check.note(field, FieldProblem::Null);
    }
    value
}

fn reference(given: Given<Ref>) -> Option<Option<Reference>> {
    given.map(|given| given.0)
}

/// A status to set.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct StatusChange {
    /// Status word.
    #[schema(required)]
    pub status: Option<String>,
    /// How it was resolved.
    pub resolution: Option<String>,
    /// A public comment.
    pub comment: Option<String>,
}

impl StatusChange {
    /// The command.
    pub fn into_command(self, target: Target, voice: Voice) -> Result<UpdateStatus, Problem> {
        let mut check = Check::new();
        let status = check.required("status", self.status.as_deref().map(|word| voice.status(word)));
        check.done()?;
        let status = status.ok_or_else(|| Problem::field("status", FieldProblem::Required))?;
        Ok(UpdateStatus { target, status, resolution: self.resolution, comment: self.comment })
    }
}

/// Letting a ticket in.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct Approval {
    /// Priority word.
    #[schema(required)]
    pub priority: Option<String>,
    /// Department.
    #[schema(required)]
    pub department: Option<Ref>,
    /// Becomes an internal comment.
    pub approval_notes: Option<String>,
}

impl Approval {
    /// The command.
    pub fn into_command(self, target: Target, voice: Voice) -> Result<Approve, Problem> {
        let mut check = Check::new();
        let word = self.priority.map(|word| word.to_lowercase());
        let priority = check.optional("priority", word.map(|word| voice.priority(&word)));
        check.done()?;
        let priority = priority.and_then(|word| word.means);
        Ok(Approve { target, priority, department: self.department.map(|given| given.0), notes: self.approval_notes })
    }
}

/// Refusing a ticket.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct Rejection {
    /// Why.
    #[schema(required)]
    pub rejection_reason: Option<String>,
    /// The same.
    pub reason: Option<String>,
}

/// Resolving a ticket.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct Resolution {
    /// How.
    pub resolution: Option<String>,
}

/// Closing, reopening or withdrawing a ticket.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct Remark {
    /// A public comment.
    pub comment: Option<String>,
}

/// Something to say, or to say differently.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct CommentBody {
    /// What; 65 536 characters.
    #[schema(max_length = 65536)]
    pub content: Option<String>,
    /// Whether it stays among staff.
    pub is_internal: Option<bool>,
    /// Who is mentioned; at most 50.
    pub mentions: Option<Vec<Ref>>,
}

impl CommentBody {
    /// To be said.
    pub fn into_comment(self, target: Target) -> AddComment {
        AddComment {
            target,
            content: self.content,
            is_internal: self.is_internal.unwrap_or(false),
            mentions: self.mentions.unwrap_or_default().into_iter().map(|given| given.0).collect(),
        }
    }

    /// To be said differently.
    pub fn into_edit(self, ticket: Reference, comment: Target) -> EditComment {
        EditComment { ticket, comment, content: self.content, is_internal: self.is_internal }
    }
}
