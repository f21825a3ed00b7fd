//! Tickets and the actions of their life.

use actix_web::http::Method;
use utoipa::openapi::schema::Type;

use super::PAGE;
use crate::dialect::route::Route;
use crate::dialect::v1::request::account::Assignment;
use crate::dialect::v1::request::ticket::{Approval, Rejection, Remark, Resolution, StatusChange, TicketBody};
use crate::dialect::v1::{classic, lifecycle, platform, stats, tickets};
use crate::openapi::operation::Parameter;
use crate::openapi::{Operation, Reply};

pub(super) const TICKETS: &[Parameter] = &[
    ("status", Type::String, "Status words, separated by commas."),
    ("priority", Type::String, "Priority words, separated by commas."),
    ("category", Type::String, "Category by id, slug or name (also `category_id`)."),
    ("department", Type::String, "Department by id or name."),
    ("assigned_to", Type::String, "Assignee by id; `me`, or `none` for nobody (also `assigned_to_id`)."),
    ("created_by", Type::String, "Requester by id; `me` (also `created_by_id`)."),
    ("tags", Type::String, "Any of these tags, by id or name, separated by commas."),
    ("created_after", Type::String, "Submitted at or after this time; a date alone is midnight UTC."),
    ("created_before", Type::String, "Submitted before this time."),
    ("due_after", Type::String, "Due at or after this time."),
    ("due_before", Type::String, "Due before this time."),
    ("sla_status", Type::String, "`on_track`, `at_risk`, `breached`, `paused`, `met`; several with commas."),
    (
        "search",
        Type::String,
        "All of these words, or words that begin with them, in title, description or visible comments; one typo per word is forgiven.",
    ),
    (
        "ordering",
        Type::String,
        "`created_at`, `updated_at`, `priority`, `due_date`, `status`, `relevance`; several separated by commas, `-` for descending.",
    ),
    ("filter", Type::String, "A saved filter by id; the other parameters go before what it says."),
];

fn shows_ticket(status: u16) -> Reply {
    Reply::shows::<platform::ticket::TicketDetails, classic::ticket::TicketDetails>(status)
}

fn lists_tickets() -> Reply {
    Reply::lists::<platform::ticket::Ticket, classic::ticket::Ticket>()
}

/// `/tickets/`
pub fn rows() -> Vec<Route> {
    let op = |id, summary| Operation::new("Tickets", id, summary, shows_ticket(200));
    let lists = |id, summary| Operation::new("Tickets", id, summary, lists_tickets()).query(PAGE).query(TICKETS);
    let figures = |id| {
        Operation::new("Tickets", id, "Figures over the tickets that one sees", Reply::shows::<stats::Stats, stats::Stats>(200))
    };
    let makes =
        Operation::new("Tickets", "createTicket", "Open a ticket", shows_ticket(201)).takes::<TicketBody>().refuses(&[422]);
    let gone = Operation::new("Tickets", "deleteTicket", "Delete a ticket", Reply::nothing()).refuses(&[412]);
    let history = Reply::lists::<platform::ticket::History, classic::ticket::History>();
    let assign = |id| op(id, "Give a ticket to somebody").takes::<Assignment>().refuses(&[409, 412]);
    vec![
        Route::new(Method::GET, "/tickets", tickets::list, lists("listTickets", "List tickets")),
        Route::new(Method::POST, "/tickets", tickets::open, makes),
        Route::new(
            Method::GET,
            "/tickets/my_tickets",
            tickets::mine,
            lists("listMyTickets", "List tickets that one asked or works on"),
        ),
        Route::new(Method::GET, "/tickets/stats", tickets::stats, figures("readStats")),
        Route::new(Method::GET, "/tickets/stats/summary", tickets::stats, figures("readStatsSummary")),
        Route::new(Method::GET, "/tickets/{id}", tickets::read, op("readTicket", "Read a ticket")),
        Route::new(
            Method::PUT,
            "/tickets/{id}",
            tickets::change,
            op("updateTicket", "Change a ticket").takes::<TicketBody>().refuses(&[409, 412]),
        ),
        Route::new(
            Method::PATCH,
            "/tickets/{id}",
            tickets::change,
            op("patchTicket", "Change parts of a ticket").takes::<TicketBody>().refuses(&[409, 412]),
        ),
        Route::new(Method::DELETE, "/tickets/{id}", tickets::remove, gone),
        Route::new(Method::POST, "/tickets/{id}/assign", tickets::assign, assign("assignTicket").refuses(&[422])),
        Route::new(Method::PUT, "/tickets/{id}/assign", tickets::assign, assign("putAssignee")),
        Route::new(
            Method::POST,
            "/tickets/{id}/change_status",
            tickets::change_status,
            op("changeStatus", "Set a ticket's status").takes::<StatusChange>().refuses(&[409, 412, 422]),
        ),
        Route::new(
            Method::GET,
            "/tickets/{id}/history",
            tickets::history,
            Operation::new("Tickets", "listHistory", "Read a ticket's history", history).query(PAGE),
        ),
    ]
}

/// `/tickets/{id}/…/`
pub fn actions() -> Vec<Route> {
    let op = |id, summary| Operation::new("Ticket life cycle", id, summary, shows_ticket(200)).refuses(&[409, 412, 422]);
    vec![
        Route::new(
            Method::POST,
            "/tickets/{id}/approve",
            lifecycle::approve,
            op("approveTicket", "Let a ticket in").takes::<Approval>(),
        ),
        Route::new(
            Method::POST,
            "/tickets/{id}/reject",
            lifecycle::reject,
            op("rejectTicket", "Refuse a ticket").takes::<Rejection>(),
        ),
        Route::new(Method::POST, "/tickets/{id}/claim", lifecycle::claim, op("claimTicket", "Take an open ticket")),
        Route::new(
            Method::POST,
            "/tickets/{id}/resolve",
            lifecycle::resolve,
            op("resolveTicket", "Answer a ticket").takes::<Resolution>(),
        ),
        Route::new(
            Method::POST,
            "/tickets/{id}/close",
            lifecycle::close,
            op("closeTicket", "Be done with a ticket").takes::<Remark>(),
        ),
        Route::new(
            Method::POST,
            "/tickets/{id}/reopen",
            lifecycle::reopen,
            op("reopenTicket", "Open a ticket again").takes::<Remark>(),
        ),
        Route::new(
            Method::POST,
            "/tickets/{id}/withdraw",
            lifecycle::withdraw,
            op("withdrawTicket", "Take a ticket back").takes::<Remark>(),
        ),
        Route::new(
            Method::POST,
            "/tickets/{id}/finalize",
            lifecycle::finalize,
            op("finalizeTicket", "Hand a ticket to the external workflow"),
        ),
    ]
}
