//! `/work-orders/` (seed 001): work that is done on site.

use actix_web::web::Data;
use chrono::NaiveDate;
use helpdesk_domain::field_service::command::FindWorkOrders;
use helpdesk_domain::field_service::port::WorkOrderSort;
use helpdesk_domain::field_service::{FieldServiceError, WorkOrderView};
use helpdesk_domain::kernel::id::{Reference, Target};
use helpdesk_domain::kernel::{Check, Problem as FieldProblem};

use super::request::work_order::{WorkOrderBody, priority, status};
use super::say::gone;
use super::shape::{self, SerialId, Uid};
use super::{classic, platform};
use crate::desk::Desk;
use crate::dialect::v1::Caller;
use crate::gate::etag::Preconditions;
use crate::gate::{Body, Id, Paged, Params};
use crate::problem::{Answer, Problem};

type Shape = (shape::work_order::WorkOrder<Uid>, shape::work_order::WorkOrder<SerialId>);
type History = (platform::ticket::History, classic::ticket::History);

/// `GET /work-orders/`: all for staff, their own for technicians.
pub async fn list(desk: Data<Desk>, caller: Caller, paged: Paged, params: Params) -> Answer {
    let page = desk.work_orders.list(&caller.actor, query(&params)?, &paged.request).await?;
    caller.list::<Shape, _>(page, &paged, desk.clock.now())
}

/// `POST /work-orders/`
pub async fn plan(desk: Data<Desk>, caller: Caller, Body(body): Body<WorkOrderBody>) -> Answer {
    let names = body.names();
    let view = desk.work_orders.plan(&caller.actor, body.into_plan()?).await;
    caller.created::<Shape, _>(&told(view, &names)?, desk.clock.now())
}

/// `GET /work-orders/{id}/`
pub async fn read(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let view = desk.work_orders.read(&caller.actor, &id).await?;
    caller.found::<Shape, _>(&view, desk.clock.now(), &when)
}

/// `PUT` and `PATCH /work-orders/{id}/`: absent fields stay.
pub async fn change(
    desk: Data<Desk>,
    caller: Caller,
    Id(id): Id,
    when: Preconditions,
    Body(body): Body<WorkOrderBody>,
) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let names = body.names();
    let view = desk.work_orders.edit(&caller.actor, body.into_edit(target)?).await;
    caller.changed::<Shape, _>(&told(view, &names)?, desk.clock.now())
}

/// `DELETE /work-orders/{id}/`
pub async fn remove(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    desk.work_orders.delete(&caller.actor, &target).await?;
    Ok(gone())
}

/// `GET /work-orders/{id}/history/`: newest first.
pub async fn history(desk: Data<Desk>, caller: Caller, Id(id): Id, paged: Paged) -> Answer {
    let page = desk.work_orders.history(&caller.actor, &id, &paged.request).await?;
    caller.list::<History, _>(page, &paged, desk.clock.now())
}

/// The work order that a change is meant for, with the revision that `If-Match` stands for.
pub async fn target(desk: &Desk, caller: &Caller, id: Reference, when: &Preconditions) -> Result<Target, Problem> {
    let current = async |id: &Reference| {
        let view = desk.work_orders.read(&caller.actor, id).await?;
        Ok((caller.voice.say::<Shape, _>(&view, &caller.seen()), view.revision))
    };
    when.target(caller, id, current).await
}

/// A refusal names references as the body did.
fn told(view: Result<WorkOrderView, FieldServiceError>, names: &[(&str, &str)]) -> Result<WorkOrderView, Problem> {
    view.map_err(|error| names.iter().fold(Problem::from(error), |problem, (field, name)| problem.calling(field, name)))
}

fn query(params: &Params) -> Result<FindWorkOrders, Problem> {
    let mut check = Check::new();
    let statuses = params.list(&["status"]).into_iter().filter_map(|word| check.field("status", status(word))).collect();
    let priorities = params.list(&["priority"]).into_iter().filter_map(|word| check.field("priority", priority(word))).collect();
    let found = FindWorkOrders {
        statuses,
        priorities,
        customer: params.reference(&["customer_id", "customer"]),
        location: params.reference(&["location_id", "location"]),
        technician: params.reference(&["assigned_technician_id", "assigned_technician", "technician_id", "technician"]),
        ticket: params.reference(&["ticket_id", "ticket"]),
        scheduled_after: params.moment(&mut check, "scheduled_after"),
        scheduled_before: params.moment(&mut check, "scheduled_before"),
        day: check.optional("day", params.get(&["day"]).map(day)),
        search: params.get(&["search"]).map(str::to_owned),
        order: check.optional("ordering", params.get(&["ordering"]).map(order)),
    };
    check.done()?;
    Ok(found)
}

fn day(text: &str) -> Result<NaiveDate, FieldProblem> {
    use chrono::Datelike;
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    day.filter(|day| (1..=9998).contains(&day.year())).ok_or(FieldProblem::WrongType("date"))
}

fn order(word: &str) -> Result<(WorkOrderSort, bool), FieldProblem> {
    let (name, descending) = word.strip_prefix('-').map_or((word, false), |name| (name, true));
    let sort = match name {
        "created_at" => WorkOrderSort::CreatedAt,
        "scheduled_at" => WorkOrderSort::ScheduledAt,
        "updated_at" => WorkOrderSort::UpdatedAt,
        "priority" => WorkOrderSort::Priority,
        "status" => WorkOrderSort::Status,
        _ => return Err(FieldProblem::InvalidChoice(word.to_owned())),
    };
    Ok((sort, descending))
}
