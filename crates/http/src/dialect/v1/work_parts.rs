//! `/work-orders/{id}/tasks/` and `/work-orders/{id}/materials/` (seed 001).

use actix_web::web::Data;
use helpdesk_domain::kernel::id::{Reference, Revision, Target};
use helpdesk_domain::kernel::{Page, PageRequest, Problem as FieldProblem};

use super::request::work_order::{MaterialBody, TaskBody};
use super::say::gone;
use super::shape::{self, SerialId, Uid};
use super::work_orders::target;
use crate::desk::Desk;
use crate::dialect::v1::Caller;
use crate::gate::etag::Preconditions;
use crate::gate::path::PartPath;
use crate::gate::{Body, Id, Paged};
use crate::problem::{Answer, Problem};

type Task = (shape::work_order::Task<Uid>, shape::work_order::Task<SerialId>);
type Material = (shape::work_order::Material<Uid>, shape::work_order::Material<SerialId>);

/// `GET /work-orders/{id}/tasks/`: in their order.
pub async fn tasks(desk: Data<Desk>, caller: Caller, Id(id): Id, paged: Paged) -> Answer {
    let tasks = desk.work_orders.read(&caller.actor, &id).await?.tasks;
    caller.list::<Task, _>(part(tasks, &paged.request)?, &paged, desk.clock.now())
}

/// `POST /work-orders/{id}/tasks/`
pub async fn add_task(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<TaskBody>) -> Answer {
    let order = target(&desk, &caller, id, &when).await?;
    let task = desk.work_orders.add_task(&caller.actor, &order, body.into_task()).await?;
    caller.created::<Task, _>(&task, desk.clock.now())
}

/// `GET /work-orders/{id}/tasks/{task}/`
pub async fn read_task(desk: Data<Desk>, caller: Caller, path: PartPath, when: Preconditions) -> Answer {
    let (_, task) = desk.work_orders.task(&caller.actor, &path.order, &path.part).await?;
    caller.found::<Task, _>(&task, desk.clock.now(), &when)
}

/// `PUT` and `PATCH /work-orders/{id}/tasks/{task}/`: absent fields stay.
pub async fn change_task(
    desk: Data<Desk>,
    caller: Caller,
    path: PartPath,
    when: Preconditions,
    Body(body): Body<TaskBody>,
) -> Answer {
    let order = task_target(&desk, &caller, &path, &when).await?;
    let task = desk.work_orders.edit_task(&caller.actor, &order, &path.part, body.into_task()).await?;
    caller.changed::<Task, _>(&task, desk.clock.now())
}

/// `DELETE /work-orders/{id}/tasks/{task}/`
pub async fn remove_task(desk: Data<Desk>, caller: Caller, path: PartPath, when: Preconditions) -> Answer {
    let order = task_target(&desk, &caller, &path, &when).await?;
    desk.work_orders.remove_task(&caller.actor, &order, &path.part).await?;
    Ok(gone())
}

/// `GET /work-orders/{id}/materials/`: in their order.
pub async fn materials(desk: Data<Desk>, caller: Caller, Id(id): Id, paged: Paged) -> Answer {
    let materials = desk.work_orders.read(&caller.actor, &id).await?.materials;
    caller.list::<Material, _>(part(materials, &paged.request)?, &paged, desk.clock.now())
}

/// `POST /work-orders/{id}/materials/`
pub async fn add_material(
    desk: Data<Desk>,
    caller: Caller,
    Id(id): Id,
    when: Preconditions,
    Body(body): Body<MaterialBody>,
) -> Answer {
    let order = target(&desk, &caller, id, &when).await?;
    let material = desk.work_orders.add_material(&caller.actor, &order, body.into_material()).await?;
    caller.created::<Material, _>(&material, desk.clock.now())
}

/// `GET /work-orders/{id}/materials/{material}/`
pub async fn read_material(desk: Data<Desk>, caller: Caller, path: PartPath, when: Preconditions) -> Answer {
    let (_, material) = desk.work_orders.material(&caller.actor, &path.order, &path.part).await?;
    caller.found::<Material, _>(&material, desk.clock.now(), &when)
}

/// `PUT` and `PATCH /work-orders/{id}/materials/{material}/`: absent fields stay.
pub async fn change_material(
    desk: Data<Desk>,
    caller: Caller,
    path: PartPath,
    when: Preconditions,
    Body(body): Body<MaterialBody>,
) -> Answer {
    let order = material_target(&desk, &caller, &path, &when).await?;
    let material = desk.work_orders.edit_material(&caller.actor, &order, &path.part, body.into_material()).await?;
    caller.changed::<Material, _>(&material, desk.clock.now())
}

/// `DELETE /work-orders/{id}/materials/{material}/`
pub async fn remove_material(desk: Data<Desk>, caller: Caller, path: PartPath, when: Preconditions) -> Answer {
    let order = material_target(&desk, &caller, &path, &when).await?;
    desk.work_orders.remove_material(&caller.actor, &order, &path.part).await?;
    Ok(gone())
}

/// The work order of the task that a change is meant for: where `If-Match` names the task's tag, at its revision.
async fn task_target(desk: &Desk, caller: &Caller, path: &PartPath, when: &Preconditions) -> Result<Target, Problem> {
    let current = async |order: &Reference| {
        let (view, task) = desk.work_orders.task(&caller.actor, order, &path.part).await?;
        Ok::<(_, Revision), Problem>((caller.voice.say::<Task, _>(&task, &caller.seen()), view.revision))
    };
    when.target(caller, path.order.clone(), current).await
}

async fn material_target(desk: &Desk, caller: &Caller, path: &PartPath, when: &Preconditions) -> Result<Target, Problem> {
    let current = async |order: &Reference| {
        let (view, material) = desk.work_orders.material(&caller.actor, order, &path.part).await?;
        Ok::<(_, Revision), Problem>((caller.voice.say::<Material, _>(&material, &caller.seen()), view.revision))
    };
    when.target(caller, path.order.clone(), current).await
}

/// A page of parts that are all there; a cursor counts them.
fn part<T>(all: Vec<T>, page: &PageRequest) -> Result<Page<T>, Problem> {
    use helpdesk_domain::kernel::Paging;
    let total = all.len();
    let start = match &page.paging {
        Paging::After(cursor) => {
            cursor.parse().map_err(|_| Problem::field("cursor", FieldProblem::Unknown("cursor".to_owned())))?
        }
        Paging::Number(_) | Paging::Start => usize::try_from(page.offset()).unwrap_or(total),
    };
    let size = usize::try_from(page.size).unwrap_or(total);
    let end = start.saturating_add(size);
    let next = (!page.wants_count() && end < total).then(|| end.to_string());
    let items = all.into_iter().skip(start).take(size).collect();
    Ok(Page { items, total: page.wants_count().then_some(total as u64), next })
}
