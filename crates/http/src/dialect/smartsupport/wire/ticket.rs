//! Tickets in lists, in smartsupport.

use chrono::{DateTime, NaiveDate, Utc};
use helpdesk_domain::attachment::FileView;
use helpdesk_domain::ticket::{TicketRow, UserBrief};
use serde::Serialize;
use utoipa::ToSchema;

use super::Attachment;
use crate::dialect::smartsupport::vocabulary::{company_id, priority, status};
use crate::gate::Seen;

/// A ticket in a list, or as it was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct Ticket {
    /// Integer.
    pub id: i64,
    /// `TX0001` and on.
    #[schema(example = "TX0001")]
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
    /// `Critical`, `High`, `Medium`, `Low`, or none before approval.
    pub priority: Option<&'static str>,
    /// Name of the department; none before approval.
    pub department: Option<String>,
    /// `New`, `Open`, `In Progress`, `On Hold`, `Pending`, `Resolved`, `Rejected`, `Closed` or `Withdrawn`.
    pub status: &'static str,
    /// Submitted.
    pub submit_date: DateTime<Utc>,
    /// Last changed.
    pub update_date: DateTime<Utc>,
    /// Name of whoever works on it.
    pub assigned_to: Option<String>,
    /// Files.
    pub attachments: Vec<Attachment>,
    /// Who asked.
    pub employee: Requester,
}

/// Who asked.
#[derive(Debug, Serialize, ToSchema)]
pub struct Requester {
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Address.
    pub email: String,
    /// `MA0001` and on.
    pub company_id: String,
    /// Name of the department.
    pub department: Option<String>,
    /// Where the picture is.
    pub image: String,
}

impl Ticket {
    /// A ticket.
    pub fn new(row: &TicketRow, files: &[FileView], seen: &Seen<'_>) -> Self {
        let Waiting { id, ticket_number, subject, category, sub_category, status, submit_date, .. } = Waiting::new(row, files);
        Self {
            id,
            ticket_number,
            subject,
            category,
            sub_category,
            description: row.description.clone(),
            scheduled_date: row.scheduled_date,
            priority: priority(row.priority),
            department: department(row),
            status,
            submit_date,
            update_date: row.updated_at,
            assigned_to: row.assignee.as_ref().map(UserBrief::name),
            attachments: Attachment::all(files, seen),
            employee: Requester {
                first_name: row.requester.first_name.clone(),
                last_name: row.requester.last_name.clone(),
                email: row.requester.email.clone(),
                company_id: company_id(row.employment.company_number),
                department: row.employment.department.clone(),
                image: seen.image_url(row.employment.image.as_ref()),
            },
        }
    }
}

/// Name of the department that a ticket belongs to.
pub fn department(row: &TicketRow) -> Option<String> {
    row.department.as_ref().map(|department| department.name.clone())
}

/// A ticket that waits for approval.
#[derive(Debug, Serialize, ToSchema)]
pub struct Waiting {
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
    /// `New`.
    pub status: &'static str,
    /// Submitted.
    pub submit_date: DateTime<Utc>,
    /// Name of whoever asked.
    pub employee_name: String,
    /// Name of their department.
    pub employee_department: Option<String>,
    /// Whether there are files.
    pub has_attachment: bool,
}

impl Waiting {
    /// A ticket and its files.
    pub fn new(row: &TicketRow, files: &[FileView]) -> Self {
        Self {
            id: row.serial,
            ticket_number: helpdesk_domain::ticket::shown_number(row.number),
            subject: row.title.clone(),
            category: row.category.as_ref().map(|category| category.name.clone()),
            sub_category: row.sub_category.clone(),
            status: status(row.status),
            submit_date: row.created_at,
            employee_name: row.requester.name(),
            employee_department: row.employment.department.clone(),
            has_attachment: !files.is_empty(),
        }
    }
}

/// A ticket that the caller has.
#[derive(Debug, Serialize, ToSchema)]
pub struct Held {
    /// Integer.
    pub id: i64,
    /// `TX0001` and on.
    pub ticket_number: String,
    /// What it is called.
    pub subject: String,
    /// Name of the category.
    pub category: Option<String>,
    /// `Critical`, `High`, `Medium` or `Low`.
    pub priority: Option<&'static str>,
    /// Name of the department.
    pub department: Option<String>,
    /// Status word.
    pub status: &'static str,
    /// Submitted.
    pub submit_date: DateTime<Utc>,
    /// Last changed.
    pub update_date: DateTime<Utc>,
    /// Name of whoever asked.
    pub employee_name: String,
    /// Name of their department.
    pub employee_department: Option<String>,
    /// Whether there are files.
    pub has_attachment: bool,
}

impl Held {
    /// A ticket and its files.
    pub fn new(row: &TicketRow, files: &[FileView]) -> Self {
        let Waiting { id, ticket_number, subject, category, status, submit_date, .. } = Waiting::new(row, files);
        Self {
            id,
            ticket_number,
            subject,
            category,
            priority: priority(row.priority),
            department: department(row),
            status,
            submit_date,
            update_date: row.updated_at,
            employee_name: row.requester.name(),
            employee_department: row.employment.department.clone(),
            has_attachment: !files.is_empty(),
        }
    }
}
