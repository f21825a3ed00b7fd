//! `/sla/calendars/`: when an organization is open. Staff read, admins write.

use actix_web::web::Data;
use helpdesk_domain::kernel::Check;
use helpdesk_domain::kernel::id::{Reference, Target};
use helpdesk_domain::sla::port::{SlaOrder, SlaQuery};

use super::request::sla::CalendarBody;
use super::say::gone;
use super::sla::CalendarShape as Shape;
use crate::desk::Desk;
use crate::dialect::v1::Caller;
use crate::gate::etag::Preconditions;
use crate::gate::{Body, Id, Paged, Params};
use crate::problem::{Answer, Problem};

/// `GET /sla/calendars/`
pub async fn list(desk: Data<Desk>, caller: Caller, paged: Paged, params: Params) -> Answer {
    let page = desk.service_levels.calendars(&caller.actor, &query(&params)?, &paged.request).await?;
    caller.list::<Shape, _>(page, &paged, desk.clock.now())
}

/// `POST /sla/calendars/`
pub async fn create(desk: Data<Desk>, caller: Caller, Body(body): Body<CalendarBody>) -> Answer {
    let view = desk.service_levels.create_calendar(&caller.actor, body.into_write()).await?;
    caller.created::<Shape, _>(&view, desk.clock.now())
}

/// `GET /sla/calendars/{id}/`
pub async fn read(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let view = desk.service_levels.calendar(&caller.actor, &id).await?;
    caller.found::<Shape, _>(&view, desk.clock.now(), &when)
}

/// `PUT` and `PATCH /sla/calendars/{id}/`: absent fields stay.
pub async fn change(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<CalendarBody>) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let view = desk.service_levels.edit_calendar(&caller.actor, body.into_edit(target)).await?;
    caller.changed::<Shape, _>(&view, desk.clock.now())
}

/// `DELETE /sla/calendars/{id}/`
pub async fn remove(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    desk.service_levels.delete_calendar(&caller.actor, &target).await?;
    Ok(gone())
}

async fn target(desk: &Desk, caller: &Caller, id: Reference, when: &Preconditions) -> Result<Target, Problem> {
    let current = async |id: &Reference| {
        let view = desk.service_levels.calendar(&caller.actor, id).await?;
        Ok((caller.voice.say::<Shape, _>(&view, &caller.seen()), view.revision))
    };
    when.target(caller, id, current).await
}

fn query(params: &Params) -> Result<SlaQuery, Problem> {
    let mut check = Check::new();
    let order = params.ordering(&mut check, "name", |name| match name {
        "name" => Some(SlaOrder::Name),
        "created_at" => Some(SlaOrder::CreatedAt),
        _ => None,
    });
    let (order, descending) = order.unwrap_or_default();
    check.done()?;
    Ok(SlaQuery { search: params.get(&["search"]).map(str::to_owned), order, descending })
}
