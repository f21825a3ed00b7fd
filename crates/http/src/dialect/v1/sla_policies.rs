//! `/sla/policies/`: which tickets are promised what. Staff read, admins write.

use actix_web::web::Data;
use helpdesk_domain::kernel::Check;
use helpdesk_domain::kernel::id::{Reference, Target};
use helpdesk_domain::sla::port::{SlaOrder, SlaQuery};

use super::request::sla::PolicyBody;
use super::say::gone;
use super::sla::PolicyShape as Shape;
use crate::desk::Desk;
use crate::dialect::v1::Caller;
use crate::gate::etag::Preconditions;
use crate::gate::{Body, Id, Paged, Params};
use crate::problem::{Answer, Problem};

/// `GET /sla/policies/`
pub async fn list(desk: Data<Desk>, caller: Caller, paged: Paged, params: Params) -> Answer {
    let page = desk.service_levels.policies(&caller.actor, &query(&params)?, &paged.request).await?;
    caller.list::<Shape, _>(page, &paged, desk.clock.now())
}

/// `POST /sla/policies/`
pub async fn create(desk: Data<Desk>, caller: Caller, Body(body): Body<PolicyBody>) -> Answer {
    let view = desk.service_levels.create_policy(&caller.actor, body.into_write(caller.voice)?).await?;
    caller.created::<Shape, _>(&view, desk.clock.now())
}

/// `GET /sla/policies/{id}/`
pub async fn read(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let view = desk.service_levels.policy(&caller.actor, &id).await?;
    caller.found::<Shape, _>(&view, desk.clock.now(), &when)
}

/// `PUT` and `PATCH /sla/policies/{id}/`: absent fields stay.
pub async fn change(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<PolicyBody>) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let view = desk.service_levels.edit_policy(&caller.actor, body.into_edit(target, caller.voice)?).await?;
    caller.changed::<Shape, _>(&view, desk.clock.now())
}

/// `DELETE /sla/policies/{id}/`
pub async fn remove(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    desk.service_levels.delete_policy(&caller.actor, &target).await?;
    Ok(gone())
}

async fn target(desk: &Desk, caller: &Caller, id: Reference, when: &Preconditions) -> Result<Target, Problem> {
    let current = async |id: &Reference| {
        let view = desk.service_levels.policy(&caller.actor, id).await?;
        Ok((caller.voice.say::<Shape, _>(&view, &caller.seen()), view.revision))
    };
    when.target(caller, id, current).await
}

fn query(params: &Params) -> Result<SlaQuery, Problem> {
    let mut check = Check::new();
    let order = params.ordering(&mut check, "position", |name| match name {
        "position" => Some(SlaOrder::Position),
        "name" => Some(SlaOrder::Name),
        "created_at" => Some(SlaOrder::CreatedAt),
        _ => None,
    });
    let (order, descending) = order.unwrap_or_default();
    check.done()?;
    Ok(SlaQuery { search: params.get(&["search"]).map(str::to_owned), order, descending })
}
