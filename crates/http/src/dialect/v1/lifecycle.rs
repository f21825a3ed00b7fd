//! `/tickets/{id}/…/`: the named actions of a ticket's life.

use actix_web::web::Data;

use super::request::ticket::{Approval, Rejection, Remark, Resolution};
use super::tickets::{changed, target};
use crate::desk::Desk;
use crate::dialect::v1::Caller;
use crate::gate::etag::Preconditions;
use crate::gate::{Body, Id};
use crate::problem::Answer;

/// `POST /tickets/{id}/approve/`
pub async fn approve(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<Approval>) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let view = desk.tickets.approve(&caller.actor, body.into_command(target, caller.voice)?).await?;
    changed(&desk, &caller, &view)
}

/// `POST /tickets/{id}/reject/`
pub async fn reject(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<Rejection>) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let view = desk.tickets.reject(&caller.actor, &target, body.rejection_reason.or(body.reason)).await?;
    changed(&desk, &caller, &view)
}

/// `POST /tickets/{id}/claim/`
pub async fn claim(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let view = desk.tickets.claim(&caller.actor, &target).await?;
    changed(&desk, &caller, &view)
}

/// `POST /tickets/{id}/resolve/`
pub async fn resolve(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<Resolution>) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let view = desk.tickets.resolve(&caller.actor, &target, body.resolution).await?;
    changed(&desk, &caller, &view)
}

/// `POST /tickets/{id}/close/`
pub async fn close(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<Remark>) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let view = desk.tickets.close(&caller.actor, &target, body.comment).await?;
    changed(&desk, &caller, &view)
}

/// `POST /tickets/{id}/reopen/`
pub async fn reopen(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<Remark>) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let view = desk.tickets.reopen(&caller.actor, &target, body.comment).await?;
    changed(&desk, &caller, &view)
}

/// `POST /tickets/{id}/withdraw/`
pub async fn withdraw(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<Remark>) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let view = desk.tickets.withdraw(&caller.actor, &target, body.comment).await?;
    changed(&desk, &caller, &view)
}

/// `POST /tickets/{id}/finalize/`
pub async fn finalize(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let view = desk.tickets.finalize(&caller.actor, &target).await?;
    changed(&desk, &caller, &view)
}
