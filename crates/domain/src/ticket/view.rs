//! Tickets as they are shown. What the viewer may not see is not in them.

use chrono::{NaiveDate, TimeDelta};
use serde_json::{Map, Value};

use super::{Priority, Status};
use crate::attachment::{FileView, ObjectKey};
use crate::event::Origin;
use crate::identity::{Role, full_name};
use crate::kernel::clock::Moment;
use crate::kernel::id::{CommentId, Revision, Serial, TicketId, UserId};
use crate::sla::{Deadline, Pauses, SlaStatus};
use crate::taxonomy::{CategoryBrief, DepartmentBrief, TagBrief};

/// A person beside a ticket or a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserBrief {
    /// UUID.
    pub id: UserId,
    /// Integer.
    pub serial: Serial,
    /// Login name.
    pub username: String,
    /// Address.
    pub email: String,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Role.
    pub role: Role,
}

impl UserBrief {
    /// First and last name, or the login name of the nameless.
    pub fn name(&self) -> String {
        full_name(&self.first_name, &self.last_name, &self.username)
    }
}

/// Where somebody works.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Employment {
    /// `MA0001` and on.
    pub company_number: i64,
    /// Name of the department.
    pub department: Option<String>,
    /// The person's picture.
    pub image: Option<ObjectKey>,
}

/// A ticket in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct TicketRow {
    /// UUID.
    pub id: TicketId,
    /// Integer.
    pub serial: Serial,
    /// 1, 2, 3 … in the organization; shown as `TX0001`.
    pub number: i64,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// Where it is in its life.
    pub status: Status,
    /// How urgent; none before approval.
    pub priority: Option<Priority>,
    /// Category.
    pub category: Option<CategoryBrief>,
    /// Finer category.
    pub sub_category: Option<String>,
    /// Department.
    pub department: Option<DepartmentBrief>,
    /// Who asked.
    pub requester: UserBrief,
    /// Where whoever asked works.
    pub employment: Employment,
    /// Who works on it.
    pub assignee: Option<UserBrief>,
    /// Where the requester wants to be reached.
    pub contact_email: Option<String>,
    /// Staff's notes; none for others.
    pub admin_notes: Option<String>,
    /// Labels, by name.
    pub tags: Vec<TagBrief>,
    /// Whatever else is kept.
    pub custom_fields: Map<String, Value>,
    /// A deadline that was given.
    pub due_override: Option<Moment>,
    /// The day that the requester would like.
    pub scheduled_date: Option<NaiveDate>,
    /// How it was resolved.
    pub resolution: Option<String>,
    /// Why it was refused.
    pub rejection_reason: Option<String>,
    /// How many comments the viewer sees.
    pub comment_count: u64,
    /// Submitted.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// First public answer of staff.
    pub first_response_at: Option<Moment>,
    /// Resolved.
    pub resolved_at: Option<Moment>,
    /// Closed, rejected or withdrawn.
    pub closed_at: Option<Moment>,
    /// When the clocks stood.
    pub pauses: Pauses,
    /// The resolution deadline that counts.
    pub deadline: Deadline,
    /// Where the search words were found: HTML-escaped, hits in `<mark>`; only in answers to a search.
    pub snippet: Option<String>,
    /// How often it was written.
    pub revision: Revision,
}

impl TicketRow {
    /// From submission to the first public answer of staff.
    pub fn response_time(&self) -> Option<TimeDelta> {
        self.first_response_at.map(|at| at - self.created_at)
    }

    /// From submission to resolution.
    pub fn resolution_time(&self) -> Option<TimeDelta> {
        self.resolved_at.map(|at| at - self.created_at)
    }

    /// The resolution deadline that counts.
    pub fn due(&self) -> Option<Moment> {
        self.deadline.due
    }

    /// How it stands against its deadline. Nothing remains before somebody has decided how urgent it is.
    pub fn sla(&self, now: Moment) -> SlaStatus {
        let stopped = self.resolved_at.or(self.closed_at);
        let stands = self.pauses.standing_since().filter(|_| self.due_override.is_none());
        let status = self.deadline.status(stopped, stands, now);
        SlaStatus { minutes_left: status.minutes_left.filter(|_| self.priority.is_some()), ..status }
    }
}

/// A ticket, named beside another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketBrief {
    /// UUID.
    pub id: TicketId,
    /// Integer.
    pub serial: Serial,
    /// 1, 2, 3 … in the organization; shown as `TX0001`.
    pub number: i64,
    /// What it is called.
    pub title: String,
    /// Where it is in its life.
    pub status: Status,
}

impl From<&TicketRow> for TicketBrief {
    fn from(row: &TicketRow) -> Self {
        Self { id: row.id, serial: row.serial, number: row.number, title: row.title.clone(), status: row.status }
    }
}

/// A ticket, shown whole.
#[derive(Clone, Debug, PartialEq)]
pub struct TicketView {
    /// What a list would show.
    pub row: TicketRow,
    /// What was said that the viewer may hear, oldest first; the newest thousand.
    pub comments: Vec<CommentView>,
    /// Its files that the viewer may read, those of comments included, oldest first.
    pub attachments: Vec<FileView>,
}

/// A comment, shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentView {
    /// UUID.
    pub id: CommentId,
    /// Integer.
    pub serial: Serial,
    /// Who said it.
    pub author: UserBrief,
    /// What.
    pub content: String,
    /// Whether it stays among staff.
    pub is_internal: bool,
    /// Who is mentioned.
    pub mentions: Vec<UserBrief>,
    /// Its files, oldest first.
    pub attachments: Vec<FileView>,
    /// Said.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often it was written.
    pub revision: Revision,
}

/// A line of history, shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryView {
    /// Integer.
    pub serial: Serial,
    /// Who did it.
    pub actor: Option<UserBrief>,
    /// What did it, where nobody did; none for who is no staff.
    pub origin: Option<Origin>,
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
    pub created_at: Moment,
}

/// A category as it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryName {
    /// Name.
    pub name: String,
    /// Slug.
    pub slug: String,
}

/// Figures over the tickets that the viewer sees.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TicketStats {
    /// How many in each state and of each priority.
    pub by_status_and_priority: Vec<(Status, Option<Priority>, u64)>,
    /// How many in each category, by name; none for those without.
    pub by_category: Vec<(Option<CategoryName>, u64)>,
    /// How many are active and past their deadline.
    pub overdue: u64,
    /// Mean seconds from submission to resolution; none when nothing has been resolved.
    pub mean_resolution_seconds: Option<f64>,
    /// How many comments there are on these tickets, internal ones included.
    pub comments: u64,
    /// Mean seconds from submission to the first public answer of staff; none when nothing has been answered.
    pub mean_response_seconds: Option<f64>,
    /// Submitted since midnight, in the organization's zone.
    pub created_today: u64,
    /// Resolved since midnight, in the organization's zone.
    pub resolved_today: u64,
}

impl TicketStats {
    /// How many there are.
    pub fn total(&self) -> u64 {
        self.by_status_and_priority.iter().map(|(_, _, count)| count).sum()
    }
}

/// A ticket's number, as people read it: `TX0001` and on.
pub fn shown_number(number: i64) -> String {
    format!("TX{number:04}")
}
