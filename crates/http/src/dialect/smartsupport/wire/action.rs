//! What is answered to a named action on a ticket.

use helpdesk_domain::ticket::{Status, StatusUpdated, TicketView};
use serde::Serialize;
use utoipa::ToSchema;

use crate::dialect::smartsupport::vocabulary::{priority, status};

/// A ticket was let in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TicketApproved)]
pub struct Approved {
    /// That it was.
    pub message: &'static str,
    /// Which ticket.
    pub ticket_id: i64,
    /// `Open`.
    pub status: &'static str,
    /// How urgent it is.
    pub priority: Option<&'static str>,
    /// Whose it is.
    pub department: Option<String>,
}

impl From<&TicketView> for Approved {
    fn from(view: &TicketView) -> Self {
        Self {
            message: "Ticket approved successfully",
            ticket_id: view.row.serial,
            status: status(view.row.status),
            priority: priority(view.row.priority),
            department: view.row.department.as_ref().map(|department| department.name.clone()),
        }
    }
}

/// A ticket was refused.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TicketRejected)]
pub struct Rejected {
    /// That it was.
    pub message: &'static str,
    /// Which ticket.
    pub ticket_id: i64,
    /// `Rejected`.
    pub status: &'static str,
    /// Why.
    pub rejection_reason: Option<String>,
}

impl From<&TicketView> for Rejected {
    fn from(view: &TicketView) -> Self {
        Self {
            message: "Ticket rejected successfully",
            ticket_id: view.row.serial,
            status: status(view.row.status),
            rejection_reason: view.row.rejection_reason.clone(),
        }
    }
}

/// Somebody took a ticket.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TicketClaimed)]
pub struct Claimed {
    /// That they did.
    pub message: &'static str,
    /// Which ticket.
    pub ticket_id: i64,
    /// `In Progress`.
    pub status: &'static str,
    /// Address of whoever has it.
    pub assigned_to: Option<String>,
}

impl From<&TicketView> for Claimed {
    fn from(view: &TicketView) -> Self {
        Self {
            message: "Ticket successfully claimed.",
            ticket_id: view.row.serial,
            status: status(view.row.status),
            assigned_to: view.row.assignee.as_ref().map(|person| person.email.clone()),
        }
    }
}

/// The status of a ticket was set.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatusSet {
    /// That it was.
    pub message: &'static str,
    /// Which ticket.
    pub ticket_id: i64,
    /// Where it was.
    pub old_status: &'static str,
    /// Where it is.
    pub new_status: &'static str,
}

impl From<&StatusUpdated> for StatusSet {
    fn from(updated: &StatusUpdated) -> Self {
        Self::new(&updated.view, updated.from)
    }
}

impl StatusSet {
    /// A ticket that was at `from`.
    pub fn new(view: &TicketView, from: Status) -> Self {
        Self {
            message: "Ticket status updated successfully",
            ticket_id: view.row.serial,
            old_status: status(from),
            new_status: status(view.row.status),
        }
    }
}

/// Whoever asked is done with a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct Ended {
    /// That they are.
    pub message: &'static str,
    /// `Withdrawn` or `Closed`.
    pub status: &'static str,
}

impl Ended {
    /// A ticket that was taken back.
    pub fn withdrawn(view: &TicketView) -> Self {
        Self { message: "Ticket withdrawn successfully.", status: status(view.row.status) }
    }

    /// A ticket that was closed.
    pub fn closed(view: &TicketView) -> Self {
        Self { message: "Ticket closed successfully.", status: status(view.row.status) }
    }
}
