//! What help answers, as in seed 000.

mod faq;

use chrono::{DateTime, Utc};
use helpdesk_domain::ticket::{CommentView, HistoryView, TicketRow, TicketView};
use serde::Serialize;
use utoipa::ToSchema;

pub use faq::{Faq, FaqBook, FaqCreated, FaqUpdated};

use super::{sentence, vocabulary};

/// A help request in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct RequestRow {
    /// Integer.
    pub id: i64,
    /// What it is called.
    pub title: String,
    /// `open`, `in_progress`, `on_hold`, `resolved` or `closed`.
    pub status: String,
    /// `low`, `medium`, `high` or `urgent`.
    pub priority: String,
    /// Slug of its category; `other` for none.
    pub category: String,
    /// Submitted.
    pub created_date: DateTime<Utc>,
}

/// A help request as it was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct NewRequest {
    /// Integer.
    pub id: i64,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// Slug of its category; `other` for none.
    pub category: String,
    /// `low`, `medium`, `high` or `urgent`.
    pub priority: String,
    /// `open`, `in_progress`, `on_hold`, `resolved` or `closed`.
    pub status: String,
    /// Who asked.
    pub user_id: i64,
    /// Where they want to be reached.
    pub contact_email: String,
    /// Submitted.
    pub created_date: DateTime<Utc>,
    /// Last changed.
    pub updated_date: DateTime<Utc>,
}

/// A help request after a change.
#[derive(Debug, Serialize, ToSchema)]
pub struct Request {
    /// What it was made of.
    #[serde(flatten)]
    pub base: NewRequest,
    /// Who works on it.
    pub assigned_to_id: Option<i64>,
    /// Admins' notes; `null` for others.
    pub admin_notes: Option<String>,
}

/// A help request, whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct RequestDetails {
    /// What it is.
    #[serde(flatten)]
    pub request: Request,
    /// What happened, oldest first; the newest thousand.
    pub history: Vec<HistoryLine>,
    /// What was said that the reader may hear, oldest first; the newest thousand.
    pub responses: Vec<Response>,
}

/// Something that happened to a help request.
#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryLine {
    /// Integer.
    pub id: i64,
    /// `created`, `updated` or `response_added`.
    pub action: &'static str,
    /// A sentence.
    #[schema(example = "Help request created by John Doe")]
    pub details: String,
    /// Who did it.
    pub user_id: Option<i64>,
    /// When.
    pub created_date: DateTime<Utc>,
}

/// Something said on a help request.
#[derive(Debug, Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "`response_text` is the seed's name")]
pub struct Response {
    /// Integer.
    pub id: i64,
    /// On which request.
    pub help_request_id: i64,
    /// Who said it.
    pub admin_id: i64,
    /// What.
    pub response_text: String,
    /// Whether the requester hears it.
    pub is_public: bool,
    /// When.
    pub created_date: DateTime<Utc>,
}

/// A page of help requests.
#[derive(Debug, Serialize, ToSchema)]
pub struct Requests {
    /// The page.
    pub requests: Vec<RequestRow>,
    /// Which part of the whole it is.
    pub pagination: Pagination,
}

/// Which part of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Pagination {
    /// Which page, from 1.
    pub page: u64,
    /// How many pages there are.
    pub pages: u64,
    /// Entries per page.
    pub per_page: u64,
    /// How many entries there are.
    pub total: u64,
    /// Whether there are more.
    pub has_next: bool,
    /// Whether there are some before.
    pub has_prev: bool,
}

/// A help request was made.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HelpRequestCreated)]
pub struct Created {
    /// That it was.
    pub message: &'static str,
    /// Its id.
    pub request_id: i64,
    /// The request.
    pub data: NewRequest,
}

/// A help request was changed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HelpRequestUpdated)]
pub struct Updated {
    /// That it was.
    pub message: &'static str,
    /// What changed, as sentences.
    pub changes: Vec<String>,
    /// The request.
    pub data: Request,
}

/// A response was added.
#[derive(Debug, Serialize, ToSchema)]
pub struct Responded {
    /// That it was.
    pub message: &'static str,
    /// Its id.
    pub response_id: i64,
    /// The response.
    pub data: Response,
}

/// A sentence.
#[derive(Debug, Serialize, ToSchema)]
pub struct Message {
    /// What came of it.
    pub message: &'static str,
}

impl From<&TicketRow> for RequestRow {
    fn from(row: &TicketRow) -> Self {
        Self {
            id: row.serial,
            title: row.title.clone(),
            status: vocabulary::status(row.status),
            priority: vocabulary::priority(row.priority),
            category: vocabulary::category(row.category.as_ref()),
            created_date: row.created_at,
        }
    }
}

impl From<&TicketRow> for NewRequest {
    fn from(row: &TicketRow) -> Self {
        Self {
            id: row.serial,
            title: row.title.clone(),
            description: row.description.clone(),
            category: vocabulary::category(row.category.as_ref()),
            priority: vocabulary::priority(row.priority),
            status: vocabulary::status(row.status),
            user_id: row.requester.serial,
            contact_email: row.contact_email.clone().unwrap_or_else(|| row.requester.email.clone()),
            created_date: row.created_at,
            updated_date: row.updated_at,
        }
    }
}

impl From<&TicketRow> for Request {
    fn from(row: &TicketRow) -> Self {
        Self {
            base: NewRequest::from(row),
            assigned_to_id: row.assignee.as_ref().map(|person| person.serial),
            admin_notes: row.admin_notes.clone(),
        }
    }
}

impl RequestDetails {
    /// A request with its history, which comes newest first.
    pub fn new(view: &TicketView, history: &[HistoryView]) -> Self {
        let responses = view.comments.iter().map(|comment| Response::new(view.row.serial, comment)).collect();
        Self { request: Request::from(&view.row), history: history.iter().rev().map(HistoryLine::from).collect(), responses }
    }
}

impl From<&HistoryView> for HistoryLine {
    fn from(line: &HistoryView) -> Self {
        Self {
            id: line.serial,
            action: sentence::action(&line.action),
            details: sentence::of_line(line),
            user_id: line.actor.as_ref().map(|person| person.serial),
            created_date: line.created_at,
        }
    }
}

impl Response {
    fn new(request: i64, comment: &CommentView) -> Self {
        Self {
            id: comment.serial,
            help_request_id: request,
            admin_id: comment.author.serial,
            response_text: comment.content.clone(),
            is_public: !comment.is_internal,
            created_date: comment.created_at,
        }
    }
}

impl Pagination {
    /// Page `page` of `total` entries.
    pub fn new(page: u64, per_page: u64, total: u64) -> Self {
        let pages = total.div_ceil(per_page);
        Self { page, pages, per_page, total, has_next: page < pages, has_prev: page > 1 }
    }
}

impl Created {
    /// The request.
    pub fn request(view: &TicketView) -> Self {
        Self { message: "Help request created successfully", request_id: view.row.serial, data: NewRequest::from(&view.row) }
    }
}

impl Responded {
    /// The response to a request.
    pub fn new(request: i64, comment: &CommentView) -> Self {
        let data = Response::new(request, comment);
        Self { message: "Response added successfully", response_id: comment.serial, data }
    }
}
