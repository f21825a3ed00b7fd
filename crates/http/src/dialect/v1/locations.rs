//! `/locations/`: where work is done.

use actix_web::web::Data;
use helpdesk_domain::kernel::id::{Reference, Target};

use super::customers::query;
use super::request::site::LocationBody;
use super::say::gone;
use super::shape::{self, SerialId, Uid};
use crate::desk::Desk;
use crate::dialect::v1::Caller;
use crate::gate::etag::Preconditions;
use crate::gate::{Body, Id, Paged, Params};
use crate::problem::{Answer, Problem};

type Shape = (shape::site::Location<Uid>, shape::site::Location<SerialId>);

/// `GET /locations/`
pub async fn list(desk: Data<Desk>, caller: Caller, paged: Paged, params: Params) -> Answer {
    let customer = params.reference(&["customer_id", "customer"]);
    let page = desk.locations.list(&caller.actor, &query(&params)?, customer.as_ref(), &paged.request).await?;
    caller.list::<Shape, _>(page, &paged, desk.clock.now())
}

/// `POST /locations/`
pub async fn create(desk: Data<Desk>, caller: Caller, Body(body): Body<LocationBody>) -> Answer {
    let view = desk.locations.create(&caller.actor, body.into_command()?).await?;
    caller.created::<Shape, _>(&view, desk.clock.now())
}

/// `GET /locations/{id}/`
pub async fn read(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let view = desk.locations.read(&caller.actor, &id).await?;
    caller.found::<Shape, _>(&view, desk.clock.now(), &when)
}

/// `PUT` and `PATCH /locations/{id}/`: absent fields stay.
pub async fn change(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<LocationBody>) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let view = desk.locations.edit(&caller.actor, &target, body.into_command()?).await?;
    caller.changed::<Shape, _>(&view, desk.clock.now())
}

/// `DELETE /locations/{id}/`
pub async fn remove(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    desk.locations.delete(&caller.actor, &target).await?;
    Ok(gone())
}

async fn target(desk: &Desk, caller: &Caller, id: Reference, when: &Preconditions) -> Result<Target, Problem> {
    let current = async |id: &Reference| {
        let view = desk.locations.read(&caller.actor, id).await?;
        Ok((caller.voice.say::<Shape, _>(&view, &caller.seen()), view.revision))
    };
    when.target(caller, id, current).await
}
