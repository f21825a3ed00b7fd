//! Tickets, in classic.

use chrono::{DateTime, NaiveDate, Utc};
use helpdesk_domain::ticket::{CommentView, HistoryView, TicketRow, TicketView};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::taxonomy::{Department, Label};
use super::user::Person;
use crate::ago;
use crate::dialect::v1::Voice;
use crate::dialect::v1::platform::routing::RouteRef;
use crate::dialect::v1::platform::rule::RuleRef;
use crate::dialect::v1::say::Shows;
use crate::dialect::v1::shape::SerialId;
use crate::dialect::v1::shape::file::File;
use crate::gate::Seen;

/// A ticket in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Ticket {
    /// Integer.
    pub id: i64,
    /// What it is called.
    pub title: String,
    /// `open`, `in_progress`, `resolved` or `closed`.
    pub status: String,
    /// The status, to be read.
    #[schema(example = "In Progress")]
    pub status_display: String,
    /// `low`, `medium`, `high` or `urgent`.
    pub priority: String,
    /// The priority, to be read.
    pub priority_display: String,
    /// Who works on it.
    pub assigned_to: Option<Person>,
    /// Category.
    pub category: Option<Label>,
    /// Tags.
    pub tags: Vec<Label>,
    /// Submitted.
    pub created_at: DateTime<Utc>,
    /// Last changed.
    pub updated_at: DateTime<Utc>,
    /// The deadline that counts.
    pub due_date: Option<DateTime<Utc>>,
    /// How long ago it was submitted.
    #[schema(example = "2 hours ago")]
    pub time_since_created: String,
    /// How many comments the reader sees.
    pub comment_count: u64,
    /// Where a search found its words, HTML-escaped, hits in `<mark>`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snippet: Option<String>,
}

impl Shows<TicketRow> for Ticket {
    fn show(row: &TicketRow, seen: &Seen<'_>) -> Self {
        let status = Voice::Classic.status_word(row.status);
        let priority = Voice::Classic.priority_word(row.priority).unwrap_or("medium");
        Self {
            id: row.serial,
            title: row.title.clone(),
            status: status.to_owned(),
            status_display: display(status),
            priority: priority.to_owned(),
            priority_display: display(priority),
            assigned_to: row.assignee.as_ref().map(Person::from),
            category: row.category.as_ref().map(Label::from),
            tags: row.tags.iter().map(Label::from).collect(),
            created_at: row.created_at,
            updated_at: row.updated_at,
            due_date: row.due(),
            time_since_created: ago::since(row.created_at, seen.now),
            comment_count: row.comment_count,
            snippet: row.snippet.clone(),
        }
    }
}

/// A word as a title: `in_progress` is "In Progress".
fn display(word: &str) -> String {
    let capital = |part: &str| {
        let mut letters = part.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    word.split('_').map(capital).collect::<Vec<_>>().join(" ")
}

/// A ticket, whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct TicketDetails {
    /// What a list shows.
    #[serde(flatten)]
    pub ticket: Ticket,
    /// What it is about.
    pub description: String,
    /// Who asked.
    pub created_by: Person,
    /// Department.
    pub department: Option<Department>,
    /// Whatever else is kept.
    #[schema(value_type = Object)]
    pub custom_fields: Map<String, Value>,
    /// The day that the requester would like.
    pub scheduled_date: Option<NaiveDate>,
    /// How it was resolved.
    pub resolution: Option<String>,
    /// Resolved.
    pub resolved_at: Option<DateTime<Utc>>,
    /// Closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// What was said that the reader may hear, oldest first.
    pub comments: Vec<Comment>,
    /// Files.
    pub attachments: Vec<File<SerialId>>,
}

impl Shows<TicketView> for TicketDetails {
    fn show(view: &TicketView, seen: &Seen<'_>) -> Self {
        let row = &view.row;
        Self {
            ticket: Ticket::show(row, seen),
            description: row.description.clone(),
            created_by: Person::from(&row.requester),
            department: row.department.as_ref().map(Department::from),
            custom_fields: row.custom_fields.clone(),
            scheduled_date: row.scheduled_date,
            resolution: row.resolution.clone(),
            resolved_at: row.resolved_at,
            closed_at: row.closed_at,
            comments: view.comments.iter().map(|comment| Comment::show(comment, seen)).collect(),
            attachments: view.attachments.iter().map(|file| File::show(file, seen)).collect(),
        }
    }
}

/// Something said on a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct Comment {
    /// Integer.
    pub id: i64,
    /// What was said.
    pub content: String,
    /// Whether it stays among staff.
    pub is_internal: bool,
    /// Who said it.
    pub author: Person,
    /// Said.
    pub created_at: DateTime<Utc>,
    /// Last changed.
    pub updated_at: DateTime<Utc>,
}

impl Shows<CommentView> for Comment {
    fn show(view: &CommentView, _: &Seen<'_>) -> Self {
        Self {
            id: view.serial,
            content: view.content.clone(),
            is_internal: view.is_internal,
            author: Person::from(&view.author),
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

#[cfg(test)]
mod tests {
    use super::display;

    #[test]
    fn a_display_is_the_word_in_title_case() {
        assert_eq!(display("in_progress"), "In Progress");
    }
}
