//! `/macros/` and `/tickets/{id}/macro/`: what staff do with tickets often, in one step.

use actix_web::web::Data;
use helpdesk_domain::kernel::id::{Reference, Target};

use super::platform::macros::Macro;
use super::request::macros::{MacroBody, MacroUse};
use super::say::gone;
use super::{classic, platform, tickets};
use crate::desk::Desk;
use crate::dialect::v1::Caller;
use crate::gate::etag::Preconditions;
use crate::gate::{Body, Id, Paged, Params};
use crate::problem::{Answer, Problem};

type Shape = (Macro, Macro);
type Ticket = (platform::ticket::TicketDetails, classic::ticket::TicketDetails);

/// `GET /macros/?search=`: the public ones and one's own.
pub async fn list(desk: Data<Desk>, caller: Caller, paged: Paged, params: Params) -> Answer {
    let search = params.get(&["search"]).map(str::to_owned);
    let page = desk.macros.list(&caller.actor, search, &paged.request).await?;
    caller.list::<Shape, _>(page, &paged, desk.clock.now())
}

/// `POST /macros/`
pub async fn create(desk: Data<Desk>, caller: Caller, Body(body): Body<MacroBody>) -> Answer {
    let view = desk.macros.create(&caller.actor, body.into_write()).await?;
    caller.created::<Shape, _>(&view, desk.clock.now())
}

/// `GET /macros/{id}/`
pub async fn read(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let view = desk.macros.read(&caller.actor, &id).await?;
    caller.found::<Shape, _>(&view, desk.clock.now(), &when)
}

/// `PUT` and `PATCH /macros/{id}/`: absent fields stay.
pub async fn change(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<MacroBody>) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let view = desk.macros.edit(&caller.actor, target, body.into_write()).await?;
    caller.changed::<Shape, _>(&view, desk.clock.now())
}

/// `DELETE /macros/{id}/`
pub async fn remove(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    desk.macros.delete(&caller.actor, &target).await?;
    Ok(gone())
}

/// `POST /tickets/{id}/macro/`: done in the caller's name, all of it or nothing.
pub async fn carry_out(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<MacroUse>) -> Answer {
    let target = tickets::target(&desk, &caller, id, &when).await?;
    let meant = body.meant.map(|meant| meant.0);
    let view = desk.macros.carry_out(&caller.actor, &target, meant).await?;
    caller.changed::<Ticket, _>(&view, desk.clock.now())
}

async fn target(desk: &Desk, caller: &Caller, id: Reference, when: &Preconditions) -> Result<Target, Problem> {
    let current = async |id: &Reference| {
        let view = desk.macros.read(&caller.actor, id).await?;
        Ok((caller.voice.say::<Shape, _>(&view, &caller.seen()), view.shown.revision))
    };
    when.target(caller, id, current).await
}
