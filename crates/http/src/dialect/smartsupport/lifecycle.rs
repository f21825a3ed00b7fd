//! `/tickets/{id}/…/`: the named actions of a ticket's life.

use actix_web::HttpResponse;
use actix_web::web::Data;
use helpdesk_domain::kernel::{Check, Problem as FieldProblem};
use helpdesk_domain::ticket::TicketView;
use helpdesk_domain::ticket::command::{Approve, UpdateStatus};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Caller;
use super::tickets::target;
use super::vocabulary::{WORDS, settable};
use super::wire::Detail;
use super::wire::action::{Approved, Claimed, Ended, Rejected, StatusSet};
use super::wire::details::TicketDetails;
use crate::desk::Desk;
use crate::gate::etag::{Preconditions, tag};
use crate::gate::reference::Ref;
use crate::gate::{Body, Id};
use crate::problem::{Answer, Problem};

/// Letting a ticket in.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct Approval {
    /// `Critical`, `High`, `Medium` or `Low`.
    #[schema(required)]
    pub priority: Option<String>,
    /// Name or id of a department.
    #[schema(required)]
    pub department: Option<Ref>,
    /// Becomes an internal comment.
    pub approval_notes: Option<String>,
}

/// Refusing a ticket.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct Rejection {
    /// Why.
    #[schema(required)]
    pub rejection_reason: Option<String>,
}

/// A status to set.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct StatusChange {
    /// `Open`, `In Progress`, `Resolved`, `Closed` or `On Hold`.
    #[schema(required)]
    pub status: Option<String>,
    /// A public comment.
    pub comment: Option<String>,
}

/// Withdrawing or closing a ticket.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct Remark {
    /// A public comment.
    pub comment: Option<String>,
}

/// What is answered to a handed over ticket.
pub const FINALIZED: Detail = Detail { detail: "Ticket finalized and sent to workflow." };

/// `POST /tickets/{id}/approve/`: staff only.
pub async fn approve(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<Approval>) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let mut check = Check::new();
    let priority = check.optional("priority", body.priority.map(|word| WORDS.priority(&word)));
    check.done()?;
    let (priority, department) = (priority.and_then(|word| word.means), body.department.map(|given| given.0));
    let command = Approve { target, priority, department, notes: body.approval_notes };
    let view = desk.tickets.approve(&caller.actor, command).await?;
    Ok(done(&caller, &view, &Approved::from(&view)))
}

/// `POST /tickets/{id}/reject/`: staff only.
pub async fn reject(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<Rejection>) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let view = desk.tickets.reject(&caller.actor, &target, body.rejection_reason).await?;
    Ok(done(&caller, &view, &Rejected::from(&view)))
}

/// `POST /tickets/{id}/claim/`: staff only.
pub async fn claim(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let view = desk.tickets.claim(&caller.actor, &target).await?;
    Ok(done(&caller, &view, &Claimed::from(&view)))
}

/// `POST /tickets/{id}/update-status/`: staff only.
pub async fn update_status(
    desk: Data<Desk>,
    caller: Caller,
    Id(id): Id,
    when: Preconditions,
    Body(body): Body<StatusChange>,
) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let mut check = Check::new();
    let status = check.required("status", body.status.as_deref().map(settable));
    check.done()?;
    let status = status.ok_or_else(|| Problem::field("status", FieldProblem::Required))?;
    let command = UpdateStatus { target, status, resolution: None, comment: body.comment };
    let updated = desk.tickets.update_status(&caller.actor, command).await?;
    Ok(done(&caller, &updated.view, &StatusSet::from(&updated)))
}

/// `POST /tickets/{id}/withdraw/`: whoever asked.
pub async fn withdraw(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<Remark>) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let view = desk.tickets.withdraw(&caller.actor, &target, body.comment).await?;
    Ok(done(&caller, &view, &Ended::withdrawn(&view)))
}

/// `POST /tickets/{id}/close/`: whoever asked, once it is resolved; staff.
pub async fn close(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<Remark>) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let view = desk.tickets.close(&caller.actor, &target, body.comment).await?;
    Ok(done(&caller, &view, &Ended::closed(&view)))
}

/// `POST /tickets/{id}/finalize/`: staff only, once.
pub async fn finalize(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let view = desk.tickets.finalize(&caller.actor, &target).await?;
    Ok(done(&caller, &view, &FINALIZED))
}

/// What came of it; the tag is that of the ticket's details.
fn done(caller: &Caller, view: &TicketView, body: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok().insert_header(("ETag", tag(caller, &TicketDetails::new(view, &caller.seen())))).json(body)
}
