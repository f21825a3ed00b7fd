//! `/routes/` and `/users/{id}/routing/`: who takes which tickets. Staff read; admins write.

use actix_web::web::Data;
use helpdesk_domain::kernel::Check;
use helpdesk_domain::kernel::id::{Reference, Target};
use helpdesk_domain::routing::port::{RouteOrder, RouteQuery};

use super::request::routing::{AgentRoutingChange, RouteBody};
use super::say::gone;
use super::shape::{self, SerialId, Uid};
use crate::desk::Desk;
use crate::dialect::v1::Caller;
use crate::gate::etag::Preconditions;
use crate::gate::{Body, Id, Paged, Params};
use crate::problem::{Answer, Problem};

type Route = (shape::routing::Route<Uid>, shape::routing::Route<SerialId>);
type Agent = (shape::routing::AgentRouting<Uid>, shape::routing::AgentRouting<SerialId>);

/// `GET /routes/`
pub async fn list(desk: Data<Desk>, caller: Caller, paged: Paged, params: Params) -> Answer {
    let page = desk.routing.list(&caller.actor, &query(&params)?, &paged.request).await?;
    caller.list::<Route, _>(page, &paged, desk.clock.now())
}

/// `POST /routes/`
pub async fn create(desk: Data<Desk>, caller: Caller, Body(body): Body<RouteBody>) -> Answer {
    let view = desk.routing.create(&caller.actor, body.into_write()?).await?;
    caller.created::<Route, _>(&view, desk.clock.now())
}

/// `GET /routes/{id}/`
pub async fn read(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let view = desk.routing.read(&caller.actor, &id).await?;
    caller.found::<Route, _>(&view, desk.clock.now(), &when)
}

/// `PUT` and `PATCH /routes/{id}/`: absent fields stay.
pub async fn change(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<RouteBody>) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let view = desk.routing.edit(&caller.actor, body.into_edit(target)?).await?;
    caller.changed::<Route, _>(&view, desk.clock.now())
}

/// `DELETE /routes/{id}/`
pub async fn remove(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    desk.routing.delete(&caller.actor, &target).await?;
    Ok(gone())
}

/// `GET /users/{id}/routing/`
pub async fn agent(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let view = desk.routing.agent(&caller.actor, &id).await?;
    caller.found::<Agent, _>(&view, desk.clock.now(), &when)
}

/// `PATCH /users/{id}/routing/`
pub async fn change_agent(
    desk: Data<Desk>,
    caller: Caller,
    Id(id): Id,
    when: Preconditions,
    Body(body): Body<AgentRoutingChange>,
) -> Answer {
    let current = async |id: &Reference| {
        let view = desk.routing.agent(&caller.actor, id).await?;
        Ok((caller.voice.say::<Agent, _>(&view, &caller.seen()), view.revision))
    };
    let target = when.target(&caller, id, current).await?;
    let view = desk.routing.edit_agent(&caller.actor, body.into_command(target)).await?;
    caller.changed::<Agent, _>(&view, desk.clock.now())
}

async fn target(desk: &Desk, caller: &Caller, id: Reference, when: &Preconditions) -> Result<Target, Problem> {
    let current = async |id: &Reference| {
        let view = desk.routing.read(&caller.actor, id).await?;
        Ok((caller.voice.say::<Route, _>(&view, &caller.seen()), view.revision))
    };
    when.target(caller, id, current).await
}

fn query(params: &Params) -> Result<RouteQuery, Problem> {
    let mut check = Check::new();
    let order = params.ordering(&mut check, "position", |name| match name {
        "position" => Some(RouteOrder::Position),
        "name" => Some(RouteOrder::Name),
        "created_at" => Some(RouteOrder::CreatedAt),
        _ => None,
    });
    let (order, descending) = order.unwrap_or_default();
    let is_active = params.boolean(&mut check, "is_active");
    check.done()?;
    Ok(RouteQuery { search: params.get(&["search"]).map(str::to_owned), is_active, order, descending })
}
