//! `/tickets/`: listing, opening, reading, changing, handing out.

use actix_web::web::Data;
use helpdesk_domain::kernel::Problem as FieldProblem;
use helpdesk_domain::kernel::id::{Reference, Target};
use helpdesk_domain::ticket::TicketView;
use helpdesk_domain::ticket::command::FindTickets;

use super::filters::wanted;
use super::request::account::Assignment;
use super::request::ticket::{StatusChange, TicketBody};
use super::say::gone;
use super::{classic, platform, stats};
use crate::desk::Desk;
use crate::dialect::v1::Caller;
use crate::gate::etag::Preconditions;
use crate::gate::{Body, Id, Paged, Params};
use crate::problem::{Answer, Problem};

pub(super) type Details = (platform::ticket::TicketDetails, classic::ticket::TicketDetails);
type History = (platform::ticket::History, classic::ticket::History);
pub(super) type Row = (platform::ticket::Ticket, classic::ticket::Ticket);

/// `GET /tickets/`
pub async fn list(desk: Data<Desk>, caller: Caller, paged: Paged, params: Params) -> Answer {
    let page = desk.tickets.list(&caller.actor, wanted(&desk, &caller, &params).await?, &paged.request).await?;
    caller.list::<Row, _>(page, &paged, desk.clock.now())
}

/// `GET /tickets/my_tickets/` (002): created by or assigned to the caller.
pub async fn mine(desk: Data<Desk>, caller: Caller, paged: Paged, params: Params) -> Answer {
    let wanted = FindTickets { mine: true, ..wanted(&desk, &caller, &params).await? };
    let page = desk.tickets.list(&caller.actor, wanted, &paged.request).await?;
    caller.list::<Row, _>(page, &paged, desk.clock.now())
}

/// `POST /tickets/`
pub async fn open(desk: Data<Desk>, caller: Caller, Body(body): Body<TicketBody>) -> Answer {
    let view = desk.tickets.open(&caller.actor, body.into_opening(caller.voice)?).await?;
    caller.created::<Details, _>(&view, desk.clock.now())
}

/// `GET /tickets/{id}/`
pub async fn read(desk: Data<Desk>, caller: Caller, Id(id): Id, preconditions: Preconditions) -> Answer {
    let view = desk.tickets.read(&caller.actor, &id).await?;
    caller.found::<Details, _>(&view, desk.clock.now(), &preconditions)
}

/// `PUT` and `PATCH /tickets/{id}/`: absent fields stay.
pub async fn change(
    desk: Data<Desk>,
    caller: Caller,
    Id(id): Id,
    preconditions: Preconditions,
    Body(body): Body<TicketBody>,
) -> Answer {
    let target = target(&desk, &caller, id, &preconditions).await?;
    let edited = desk.tickets.edit(&caller.actor, body.into_edit(target, caller.voice)?).await?;
    changed(&desk, &caller, &edited.view)
}

/// `DELETE /tickets/{id}/`
pub async fn remove(desk: Data<Desk>, caller: Caller, Id(id): Id, preconditions: Preconditions) -> Answer {
    let target = target(&desk, &caller, id, &preconditions).await?;
    desk.tickets.delete(&caller.actor, &target).await?;
    Ok(gone())
}

/// `POST` and `PUT /tickets/{id}/assign/`: the person in the body, or (003) in the query as `agent_id`.
pub async fn assign(
    desk: Data<Desk>,
    caller: Caller,
    Id(id): Id,
    preconditions: Preconditions,
    params: Params,
    Body(body): Body<Assignment>,
) -> Answer {
    let target = target(&desk, &caller, id, &preconditions).await?;
    let names = ["agent_id", "user_id", "assigned_to", "assigned_to_id"];
    let asked = || names.into_iter().find_map(|name| Some((name, Some(params.reference(&[name])?))));
    let (field, person) = body.person().or_else(asked).ok_or_else(|| Problem::field("user_id", FieldProblem::Required))?;
    let view = desk.tickets.assign(&caller.actor, &target, person).await;
    changed(&desk, &caller, &view.map_err(|error| Problem::from(error).calling("assigned_to", field))?)
}

/// `POST /tickets/{id}/change_status/` (002)
pub async fn change_status(
    desk: Data<Desk>,
    caller: Caller,
    Id(id): Id,
    preconditions: Preconditions,
    Body(body): Body<StatusChange>,
) -> Answer {
    let target = target(&desk, &caller, id, &preconditions).await?;
    let updated = desk.tickets.update_status(&caller.actor, body.into_command(target, caller.voice)?).await?;
    changed(&desk, &caller, &updated.view)
}

/// `GET /tickets/stats/` (002) and `/tickets/stats/summary/` (003)
pub async fn stats(desk: Data<Desk>, caller: Caller) -> Answer {
    let stats = desk.tickets.stats(&caller.actor).await?;
    Ok(actix_web::HttpResponse::Ok().json(stats::Stats::new(&stats, caller.voice)))
}

/// `GET /tickets/{id}/history/`: newest first; customers see the public lines.
pub async fn history(desk: Data<Desk>, caller: Caller, Id(id): Id, paged: Paged) -> Answer {
    let page = desk.tickets.history(&caller.actor, &id, &paged.request).await?;
    caller.list::<History, _>(page, &paged, desk.clock.now())
}

/// The ticket that a change is meant for, with the revision that `If-Match` stands for.
pub async fn target(desk: &Desk, caller: &Caller, id: Reference, preconditions: &Preconditions) -> Result<Target, Problem> {
    let current = async |id: &Reference| {
        let view = desk.tickets.read(&caller.actor, id).await?;
        Ok((caller.voice.say::<Details, _>(&view, &caller.seen()), view.row.revision))
    };
    preconditions.target(caller, id, current).await
}

/// A ticket after it was changed.
pub fn changed(desk: &Desk, caller: &Caller, view: &TicketView) -> Answer {
    caller.changed::<Details, _>(view, desk.clock.now())
}
