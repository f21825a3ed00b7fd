//! What an external workflow is told of a ticket.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::attachment::FileView;
use crate::identity::Organization;
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::id::{CommentId, FileId, TicketId, UserId};
use crate::ticket::{CommentView, TicketRow, TicketView, UserBrief};

/// The event's name in the message, as subscribers name it.
pub const TOLD_AS: &str = "ticket.finalized";

/// What an external workflow is told of a ticket. Notes among staff stay at the desk.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Handover<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    timestamp: Moment,
    organization: &'a str,
    ticket_number: String,
    finalized_by: Finalizer<'a>,
    ticket: Ticket<'a>,
    requester: Requester<'a>,
    assignee: Option<Person<'a>>,
    comments: Vec<Comment<'a>>,
    attachments: Vec<Attachment<'a>>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Finalizer<'a> {
    id: UserId,
    name: &'a str,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Ticket<'a> {
    id: TicketId,
    serial: i64,
    title: &'a str,
    description: &'a str,
    status: &'static str,
    priority: Option<&'static str>,
    category: Option<&'a str>,
    sub_category: Option<&'a str>,
    department: Option<&'a str>,
    tags: Vec<&'a str>,
    contact_email: Option<&'a str>,
    custom_fields: &'a Map<String, Value>,
    scheduled_date: Option<NaiveDate>,
    due_date: Option<Moment>,
    resolution: Option<&'a str>,
    created_at: Moment,
    resolved_at: Option<Moment>,
    closed_at: Option<Moment>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Requester<'a> {
    #[serde(flatten)]
    person: Person<'a>,
    company_id: String,
    department: Option<&'a str>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Person<'a> {
    id: UserId,
    serial: i64,
    name: String,
    email: &'a str,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Comment<'a> {
    id: CommentId,
    author: String,
    content: &'a str,
    created_at: Moment,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Attachment<'a> {
    id: FileId,
    serial: i64,
    file_name: &'a str,
    file_type: &'a str,
    file_size: u64,
    url: String,
}

impl<'a> Handover<'a> {
    /// Of a ticket that somebody finalizes at that time.
    ///
    /// `address` makes the address that the content of a file is fetched from.
    pub fn new(
        organization: &'a Organization,
        view: &'a TicketView,
        by: &'a Actor,
        now: Moment,
        address: &dyn Fn(&FileView) -> String,
    ) -> Self {
        let TicketView { row, comments, attachments } = view;
        Self {
            kind: TOLD_AS,
            timestamp: now,
            organization: &organization.slug,
            ticket_number: crate::ticket::shown_number(row.number),
            finalized_by: Finalizer { id: by.user, name: &by.name },
            ticket: Ticket::from(row),
            requester: Requester {
                person: Person::from(&row.requester),
                company_id: format!("MA{:04}", row.employment.company_number),
                department: row.employment.department.as_deref(),
            },
            assignee: row.assignee.as_ref().map(Person::from),
            comments: comments.iter().filter(|comment| !comment.is_internal).map(Comment::from).collect(),
            attachments: attachments
                .iter()
                .filter(|file| !file.is_internal)
                .map(|file| Attachment::new(file, address(file)))
                .collect(),
        }
    }
}

impl<'a> From<&'a TicketRow> for Ticket<'a> {
    fn from(row: &'a TicketRow) -> Self {
        Self {
            id: row.id,
            serial: row.serial,
            title: &row.title,
            description: &row.description,
            status: row.status.word(),
            priority: row.priority.map(crate::ticket::Priority::word),
            category: row.category.as_ref().map(|category| category.name.as_str()),
            sub_category: row.sub_category.as_deref(),
            department: row.department.as_ref().map(|department| department.name.as_str()),
            tags: row.tags.iter().map(|tag| tag.name.as_str()).collect(),
            contact_email: row.contact_email.as_deref(),
            custom_fields: &row.custom_fields,
            scheduled_date: row.scheduled_date,
            due_date: row.due(),
            resolution: row.resolution.as_deref(),
            created_at: row.created_at,
            resolved_at: row.resolved_at,
            closed_at: row.closed_at,
        }
    }
}

impl<'a> From<&'a UserBrief> for Person<'a> {
    fn from(user: &'a UserBrief) -> Self {
        Self { id: user.id, serial: user.serial, name: user.name(), email: &user.email }
    }
}

impl<'a> From<&'a CommentView> for Comment<'a> {
    fn from(view: &'a CommentView) -> Self {
        Self { id: view.id, author: view.author.name(), content: &view.content, created_at: view.created_at }
    }
}

impl<'a> Attachment<'a> {
    fn new(file: &'a FileView, url: String) -> Self {
        let FileView { id, serial, name, media_type, size, .. } = file;
        Self { id: *id, serial: *serial, file_name: name, file_type: media_type, file_size: *size, url }
    }
}
