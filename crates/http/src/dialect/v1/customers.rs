//! `/customers/`: whom work orders are for.

use actix_web::web::Data;
use helpdesk_domain::field_service::port::{SiteQuery, SiteSort};
use helpdesk_domain::kernel::Check;
use helpdesk_domain::kernel::id::{Reference, Target};

use super::request::site::CustomerBody;
use super::say::gone;
use super::shape::{self, SerialId, Uid};
use crate::desk::Desk;
use crate::dialect::v1::Caller;
use crate::gate::etag::Preconditions;
use crate::gate::{Body, Id, Paged, Params};
use crate::problem::{Answer, Problem};

type Shape = (shape::site::Customer<Uid>, shape::site::Customer<SerialId>);

/// `GET /customers/`
pub async fn list(desk: Data<Desk>, caller: Caller, paged: Paged, params: Params) -> Answer {
    let page = desk.customers.list(&caller.actor, &query(&params)?, &paged.request).await?;
    caller.list::<Shape, _>(page, &paged, desk.clock.now())
}

/// `POST /customers/`
pub async fn create(desk: Data<Desk>, caller: Caller, Body(body): Body<CustomerBody>) -> Answer {
    let view = desk.customers.create(&caller.actor, body.into_command()?).await?;
    caller.created::<Shape, _>(&view, desk.clock.now())
}

/// `GET /customers/{id}/`
pub async fn read(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let view = desk.customers.read(&caller.actor, &id).await?;
    caller.found::<Shape, _>(&view, desk.clock.now(), &when)
}

/// `PUT` and `PATCH /customers/{id}/`: absent fields stay.
pub async fn change(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<CustomerBody>) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let view = desk.customers.edit(&caller.actor, &target, body.into_command()?).await?;
    caller.changed::<Shape, _>(&view, desk.clock.now())
}

/// `DELETE /customers/{id}/`
pub async fn remove(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    desk.customers.delete(&caller.actor, &target).await?;
    Ok(gone())
}

async fn target(desk: &Desk, caller: &Caller, id: Reference, when: &Preconditions) -> Result<Target, Problem> {
    let current = async |id: &Reference| {
        let view = desk.customers.read(&caller.actor, id).await?;
        Ok((caller.voice.say::<Shape, _>(&view, &caller.seen()), view.revision))
    };
    when.target(caller, id, current).await
}

/// What a list of customers or locations is asked for; whose locations is not said here.
pub fn query(params: &Params) -> Result<SiteQuery, Problem> {
    let mut check = Check::new();
    let order = params.ordering(&mut check, "name", |name| match name {
        "name" => Some(SiteSort::Name),
        "created_at" => Some(SiteSort::CreatedAt),
        "updated_at" => Some(SiteSort::UpdatedAt),
        _ => None,
    });
    check.done()?;
    let (sort, descending) = order.unwrap_or_default();
    Ok(SiteQuery { search: params.get(&["search"]).map(str::to_owned), customer: None, sort, descending })
}
