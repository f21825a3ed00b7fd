//! Tickets, in platform.

use chrono::{DateTime, NaiveDate, Utc};
use helpdesk_domain::sla::SlaStatus;
use helpdesk_domain::ticket::{CommentView, HistoryView, TicketRow, TicketView};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use super::routing::RouteRef;
use super::rule::RuleRef;
use super::taxonomy::{CategoryRef, Department};
use super::user::Person;
use crate::dialect::v1::Voice;
use crate::dialect::v1::say::Shows;
use crate::dialect::v1::shape::Uid;
use crate::dialect::v1::shape::file::File;
use crate::gate::Seen;

/// How a ticket stands against its resolution deadline.
#[derive(Debug, Serialize, ToSchema)]
pub struct Sla {
    /// `on_track`, `at_risk`, `breached`, `paused` or `met`.
    pub status: String,
    /// The deadline.
    pub due_date: Option<DateTime<Utc>>,
    /// Whole minutes, rounded down, negative when late.
    pub time_remaining_minutes: Option<i64>,
}

impl From<SlaStatus> for Sla {
    fn from(sla: SlaStatus) -> Self {
        let SlaStatus { state, due, minutes_left } = sla;
        Self { status: state.word().to_owned(), due_date: due, time_remaining_minutes: minutes_left }
    }
}

/// A ticket in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Ticket {
    /// UUID.
    pub id: Uuid,
    /// `TX0001` and on.
    #[schema(example = "TX0001")]
    pub number: String,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// `open`, `in_progress`, `pending`, `resolved` or `closed`.
    pub status: String,
    /// `low`, `medium`, `high`, `urgent`, `critical`, or none before approval.
    pub priority: Option<String>,
    /// Category.
    pub category: Option<CategoryRef>,
    /// Finer category.
    pub sub_category: Option<String>,
    /// Department.
    pub department: Option<Department>,
    /// Who works on it.
    pub assigned_to: Option<Person>,
    /// Who asked.
    pub created_by: Person,
    /// Where the requester wants to be reached.
    pub contact_email: Option<String>,
    /// The deadline that counts.
    pub due_date: Option<DateTime<Utc>>,
    /// How it stands against it.
    pub sla_status: Sla,
    /// Names of tags.
    pub tags: Vec<String>,
    /// Whatever else is kept.
    #[schema(value_type = Object)]
    pub custom_fields: Map<String, Value>,
    /// The day that the requester would like.
    pub scheduled_date: Option<NaiveDate>,
    /// How it was resolved.
    pub resolution: Option<String>,
    /// Why it was refused.
    pub rejection_reason: Option<String>,
    /// How many comments the reader sees.
    pub comment_count: u64,
    /// First public answer of staff.
    pub first_response_at: Option<DateTime<Utc>>,
    /// Resolved.
    pub resolved_at: Option<DateTime<Utc>>,
    /// Closed, rejected or withdrawn.
    pub closed_at: Option<DateTime<Utc>>,
    /// Submitted.
    pub created_at: DateTime<Utc>,
    /// Last changed.
    pub updated_at: DateTime<Utc>,
    /// Where a search found its words, HTML-escaped, hits in `<mark>`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snippet: Option<String>,
}

impl Shows<TicketRow> for Ticket {
    fn show(row: &TicketRow, seen: &Seen<'_>) -> Self {
        Self {
            id: row.id.0,
            number: helpdesk_domain::ticket::shown_number(row.number),
            title: row.title.clone(),
            description: row.description.clone(),
            status: Voice::Platform.status_word(row.status).to_owned(),
            priority: Voice::Platform.priority_word(row.priority).map(str::to_owned),
            category: row.category.as_ref().map(CategoryRef::from),
            sub_category: row.sub_category.clone(),
            department: row.department.as_ref().map(Department::from),
            assigned_to: row.assignee.as_ref().map(Person::from),
            created_by: Person::from(&row.requester),
            contact_email: row.contact_email.clone(),
            due_date: row.due(),
            sla_status: Sla::from(row.sla(seen.now)),
            tags: row.tags.iter().map(|tag| tag.name.clone()).collect(),
            custom_fields: row.custom_fields.clone(),
            scheduled_date: row.scheduled_date,
            resolution: row.resolution.clone(),
            rejection_reason: row.rejection_reason.clone(),
            comment_count: row.comment_count,
            first_response_at: row.first_response_at,
            resolved_at: row.resolved_at,
            closed_at: row.closed_at,
            created_at: row.created_at,
            updated_at: row.updated_at,
            snippet: row.snippet.clone(),
        }
    }
}

/// A ticket, whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct TicketDetails {
    /// What a list shows.
    #[serde(flatten)]
    pub ticket: Ticket,
    /// Files.
    pub attachments: Vec<File<Uid>>,
    /// What was said that the reader may hear, oldest first.
    pub comments: Vec<Comment>,
}

impl Shows<TicketView> for TicketDetails {
    fn show(view: &TicketView, seen: &Seen<'_>) -> Self {
        Self {
            ticket: Ticket::show(&view.row, seen),
            attachments: view.attachments.iter().map(|file| File::show(file, seen)).collect(),
            comments: view.comments.iter().map(|comment| Comment::show(comment, seen)).collect(),
        }
    }
}

/// Something said on a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct Comment {
    /// UUID.
    pub id: Uuid,
    /// What was said.
    pub content: String,
    /// Whether it stays among staff.
    pub is_internal: bool,
    /// Who said it.
    pub author: Person,
    /// Who is mentioned.
    pub mentions: Vec<Person>,
    /// Files.
    pub attachments: Vec<File<Uid>>,
    /// Said.
    pub created_at: DateTime<Utc>,
    /// Last changed.
    pub updated_at: DateTime<Utc>,
}

impl Shows<CommentView> for Comment {
    fn show(view: &CommentView, seen: &Seen<'_>) -> Self {
        Self {
            id: view.id.0,
            content: view.content.clone(),
            is_internal: view.is_internal,
            author: Person::from(&view.author),
            mentions: view.mentions.iter().map(Person::from).collect(),
            attachments: view.attachments.iter().map(|file| File::show(file, seen)).collect(),
            created_at: view.created_at,
            updated_at: view.updated_at,
        }
    }
}

/// A line of a ticket's history.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HistoryEntry)]
pub struct History {
    /// Integer.
    pub id: i64,
    /// Who did it.
    pub actor: Option<Person>,
    /// The rule that did it, where one did; for staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_rule: Option<RuleRef>,
    /// The route that did it, where one did; for staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_route: Option<RouteRef>,
    /// What was done.
    pub action: String,
    /// The whole of it as a sentence.
    pub details: String,
    /// The field that changed.
    pub field: Option<String>,
    /// What it was.
    pub old: Option<String>,
    /// What it is.
    pub new: Option<String>,
    /// When.
    pub created_at: DateTime<Utc>,
}

impl Shows<HistoryView> for History {
    fn show(view: &HistoryView, _: &Seen<'_>) -> Self {
        Self {
            id: view.serial,
            actor: view.actor.as_ref().map(Person::from),
            by_rule: RuleRef::of(view.origin.as_ref()),
            by_route: RouteRef::of(view.origin.as_ref()),
            action: view.action.clone(),
            details: view.details.clone(),
            field: view.field.clone(),
            old: view.old.clone(),
            new: view.new.clone(),
            created_at: view.created_at,
        }
    }
}
