//! An answer, made again from the resource: for a request that was done, but whose answer was lost with the process.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use helpdesk_domain::kernel::{Actor, PageRequest, Paging, Reference};
use helpdesk_domain::ticket::{Status, TicketView};
use serde_json::{Value, json};

use super::employees::{APPROVED, REJECTED};
use super::lifecycle::FINALIZED;
use super::wire::action::{Approved, Claimed, Ended, Rejected, StatusSet};
use super::wire::employee::{EmployeeCreated, ImageUploaded};
use super::wire::ticket::Ticket;
use crate::desk::Desk;
use crate::dialect::Made;
use crate::gate::Seen;
use crate::problem::{Answer, Problem};

/// Says again what the path answers to the thing that was made or changed, as it is now.
pub async fn rebuild(desk: &Desk, actor: &Actor, made: &Made, seen: &Seen<'_>) -> Answer {
    let id = Reference::Id(made.id);
    let body = match made.kind.as_str() {
        "ticket" => {
            let view = desk.tickets.read(actor, &id).await?;
            ticket(desk, actor, made, &view, seen).await?
        }
        "user" if made.created => json!(EmployeeCreated::new(&desk.accounts.read(actor, &id).await?, seen)),
        "user" if made.path.ends_with("/upload-image") => {
            json!(ImageUploaded::new(&desk.accounts.read(actor, &id).await?, seen))
        }
        "user" => json!(APPROVED),
        "rejection" => json!(REJECTED),
        _ => return Err(Problem::bug()),
    };
    let status = if made.created { StatusCode::CREATED } else { StatusCode::OK };
    Ok(HttpResponse::build(status).json(body))
}

async fn ticket(desk: &Desk, actor: &Actor, made: &Made, view: &TicketView, seen: &Seen<'_>) -> Result<Value, Problem> {
    Ok(match made.path.rsplit('/').next().unwrap_or_default() {
        "tickets" => json!(Ticket::new(&view.row, &view.attachments, seen)),
        "approve" => json!(Approved::from(view)),
        "reject" => json!(Rejected::from(view)),
        "claim" => json!(Claimed::from(view)),
        "update-status" => json!(StatusSet::new(view, status_before(desk, actor, view).await?)),
        "withdraw" => json!(Ended::withdrawn(view)),
        "close" => json!(Ended::closed(view)),
        "finalize" => json!(FINALIZED),
        _ => return Err(Problem::bug()),
    })
}

/// Where a ticket was before its last step, as its history tells.
async fn status_before(desk: &Desk, actor: &Actor, view: &TicketView) -> Result<Status, Problem> {
    let newest = PageRequest { paging: Paging::Start, size: 100 };
    let lines = desk.tickets.history(actor, &view.row.id.into(), &newest).await?.items;
    let last = lines.into_iter().find(|line| line.field.as_deref() == Some("status"));
    Ok(last.and_then(|line| Status::parse(&line.old?)).unwrap_or(view.row.status))
}
