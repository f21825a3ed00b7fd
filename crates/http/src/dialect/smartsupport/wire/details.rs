//! Tickets, whole, in smartsupport.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use helpdesk_domain::ticket::{CommentView, TicketView, UserBrief};
use serde::Serialize;
use utoipa::ToSchema;

use super::Attachment;
use super::ticket::{Waiting, department};
use crate::dialect::smartsupport::vocabulary::{company_id, priority, role};
use crate::gate::Seen;

/// A ticket, whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct TicketDetails {
    /// Integer.
    pub id: i64,
    /// `TX0001` and on.
    pub ticket_number: String,
    /// What it is called.
    pub subject: String,
    /// Name of the category.
    pub category: Option<String>,
    /// Finer category.
    pub sub_category: Option<String>,
    /// What it is about.
    pub description: String,
    /// The day that the requester would like.
    pub scheduled_date: Option<NaiveDate>,
    /// Files.
    pub attachments: Vec<Attachment>,
    /// Status word.
    pub status: &'static str,
    /// `Critical`, `High`, `Medium`, `Low`, or none before approval.
    pub priority: Option<&'static str>,
    /// Name of the department.
    pub department: Option<String>,
    /// Submitted.
    pub submit_date: DateTime<Utc>,
    /// Last changed.
    pub update_date: DateTime<Utc>,
    /// From submission to the first public answer of staff, as ISO 8601 writes it.
    #[schema(example = "PT5400S")]
    pub response_time: Option<String>,
    /// From submission to resolution.
    pub resolution_time: Option<String>,
    /// Closed, rejected or withdrawn.
    pub time_closed: Option<DateTime<Utc>>,
    /// Why it was refused.
    pub rejection_reason: Option<String>,
    /// Who works on it.
    pub assigned_to: Option<Assignee>,
    /// Who asked.
    pub employee: Owner,
    /// What was said that the reader may hear, oldest first.
    pub comments: Vec<Comment>,
}

/// Who works on a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct Assignee {
    /// Integer.
    pub id: i64,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
}

/// Who asked.
#[derive(Debug, Serialize, ToSchema)]
pub struct Owner {
    /// Integer.
    pub id: i64,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// `MA0001` and on.
    pub company_id: String,
    /// Name of the department.
    pub department: Option<String>,
    /// Address.
    pub email: String,
}

/// Something said on a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct Comment {
    /// Integer.
    pub id: i64,
    /// What.
    pub comment: String,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Whether it stays among staff.
    pub is_internal: bool,
    /// Who said it.
    pub user: Speaker,
}

/// Who said something.
#[derive(Debug, Serialize, ToSchema)]
pub struct Speaker {
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// `Employee`, `Ticket Coordinator` or `System Admin`.
    pub role: &'static str,
}

impl TicketDetails {
    /// A ticket, as a reader is shown it.
    pub fn new(view: &TicketView, seen: &Seen<'_>) -> Self {
        let row = &view.row;
        let Waiting { id, ticket_number, subject, category, sub_category, status, submit_date, .. } = Waiting::new(row, &[]);
        Self {
            id,
            ticket_number,
            subject,
            category,
            sub_category,
            description: row.description.clone(),
            scheduled_date: row.scheduled_date,
            attachments: Attachment::all(&view.attachments, seen),
            status,
            priority: priority(row.priority),
            department: department(row),
            submit_date,
            update_date: row.updated_at,
            response_time: row.response_time().map(duration),
            resolution_time: row.resolution_time().map(duration),
            time_closed: row.closed_at,
            rejection_reason: row.rejection_reason.clone(),
            assigned_to: row.assignee.as_ref().map(Assignee::from),
            employee: Owner {
                id: row.requester.serial,
                first_name: row.requester.first_name.clone(),
                last_name: row.requester.last_name.clone(),
                company_id: company_id(row.employment.company_number),
                department: row.employment.department.clone(),
                email: row.requester.email.clone(),
            },
            comments: view.comments.iter().map(Comment::from).collect(),
        }
    }
}

/// ISO 8601: `P1DT2H`, `PT0S`.
fn duration(time: TimeDelta) -> String {
    let seconds = time.num_seconds().max(0);
    let parts = [(seconds / 3600 % 24, 'H'), (seconds / 60 % 60, 'M'), (seconds % 60, 'S')];
    let clock: String = parts.iter().filter(|(n, _)| *n > 0).map(|(n, unit)| format!("{n}{unit}")).collect();
    match (seconds / 86_400, clock.as_str()) {
        (0, "") => "PT0S".to_owned(),
        (0, clock) => format!("PT{clock}"),
        (days, "") => format!("P{days}D"),
        (days, clock) => format!("P{days}DT{clock}"),
    }
}

impl From<&UserBrief> for Assignee {
    fn from(user: &UserBrief) -> Self {
        Self { id: user.serial, first_name: user.first_name.clone(), last_name: user.last_name.clone() }
    }
}

impl From<&CommentView> for Comment {
    fn from(view: &CommentView) -> Self {
        let author = &view.author;
        Self {
            id: view.serial,
            comment: view.content.clone(),
            created_at: view.created_at,
            is_internal: view.is_internal,
            user: Speaker { first_name: author.first_name.clone(), last_name: author.last_name.clone(), role: role(author.role) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_written_as_iso_8601_does() {
        for (seconds, text) in [(0, "PT0S"), (59, "PT59S"), (5400, "PT1H30M"), (86_400, "P1D"), (93_784, "P1DT2H3M4S")] {
            assert_eq!(duration(TimeDelta::seconds(seconds)), text);
        }
    }
}
