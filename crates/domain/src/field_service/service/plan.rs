//! Planning work orders, and taking them away.

use super::lookup::swap;
use super::write::duration;
use super::{Result, WorkOrders, told};
use crate::event::{Event, Happened, Named, WorkOrderHappened};
use crate::field_service::command::PlanWorkOrder;
use crate::field_service::{
    FieldServiceError, Material, Slot, Task, WorkOrder, WorkOrderState, WorkOrderView, WorkPriority, WorkStatus, policy,
};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::id::{CustomerId, LocationId, Target, TicketId, WorkOrderId};
use crate::kernel::race;
use crate::kernel::text::{Note, Title};
use crate::kernel::violation::{Check, Problem, Violations};
use crate::work::{Changes, Outcome, Write};

/// A command that has been looked at.
struct Written {
    title: Title,
    description: Note,
    estimated_minutes: Option<i64>,
    tasks: Vec<Task>,
    materials: Vec<Material>,
}

/// What a command refers to, looked up.
struct Meant {
    customer: Option<CustomerId>,
    location: Option<LocationId>,
    technician: Option<Named>,
    ticket: Option<TicketId>,
}

impl WorkOrders {
    /// Plans a work order.
    pub async fn plan(&self, actor: &Actor, command: PlanWorkOrder) -> Result<WorkOrderView> {
        policy::may_plan(actor)?;
        let id = race::settle(true, async || self.plan_once(actor, &command).await).await?;
        self.seen(actor, &id.into()).await
    }

    async fn plan_once(&self, actor: &Actor, command: &PlanWorkOrder) -> Result<WorkOrderId> {
        let now = self.clock.now();
        let Written { title, description, estimated_minutes, tasks, materials } = self.look_at(actor, command, now)?;
        let Meant { customer, location, technician, ticket } = self.meant(actor, command).await?;
        let (mut order, created) = WorkOrder::plan(WorkOrderState {
            id: WorkOrderId(self.ids.next()),
            organization: actor.organization,
            title,
            description,
            status: WorkStatus::Scheduled,
            priority: command.priority.unwrap_or(WorkPriority::Medium),
            customer,
            location,
            technician: None,
            scheduled_at: command.scheduled_at,
            estimated_minutes,
            ticket,
            tasks,
            materials,
            created_by: actor.user,
            created_at: now,
            updated_at: now,
            started_at: None,
            completed_at: None,
            revision: 1,
        });
        let happened = std::iter::once(created).chain(order.assign(None, technician, now)).collect();
        let takes_time = !command.force && self.check_free(actor, &order, None).await?;
        self.commit_new(actor, order, happened, takes_time, now).await
    }

    async fn commit_new(
        &self,
        actor: &Actor,
        order: WorkOrder,
        happened: Vec<Happened>,
        keeps_free: bool,
        now: Moment,
    ) -> Result<WorkOrderId> {
        let (id, events) = (order.id, told(&order, actor, now, happened));
        let mut changes = Changes::by(actor).with(Write::AddWorkOrder(Box::new(order)), events);
        if keeps_free {
            changes = changes.with(Write::KeepFree(id), []);
        }
        let outcome = Outcome { kind: "work_order", id: id.0, parent: None, created: true };
        self.work.commit(changes.showing(outcome)).await?;
        Ok(id)
    }

    /// Whether the order takes other time than `before`; refused where its technician has something else to do then.
    pub(super) async fn check_free(&self, actor: &Actor, order: &WorkOrder, before: Option<Slot>) -> Result<bool> {
        let Some(slot) = order.slot().filter(|slot| before != Some(*slot)) else { return Ok(false) };
        match self.orders.booked(actor.organization, order.id, &slot).await? {
            Some(other) => {
                let (number, title, from, to) = (other.number, other.title, other.from, other.to);
                Err(FieldServiceError::Booked { number, title, from, to })
            }
            None => Ok(true),
        }
    }

    /// Removes a work order.
    pub async fn delete(&self, actor: &Actor, target: &Target) -> Result<()> {
        race::settle(target.may_retry(), async || {
            let (_, order) = self.get(actor, target).await?;
            policy::may_plan(actor)?;
            let happened =
                Happened::WorkOrder(WorkOrderHappened::Deleted { title: order.title.to_string(), technician: order.technician });
            let event = Event::of_work_order(order.id, actor, self.clock.now(), happened);
            let write = Write::DeleteWorkOrder(order.id, order.revision);
            Ok(self.work.commit(Changes::by(actor).with(write, [event])).await?)
        })
        .await
    }

    fn look_at(&self, actor: &Actor, command: &PlanWorkOrder, now: Moment) -> Result<Written> {
        let mut check = Check::new();
        let title = check.required("title", command.title.as_deref().map(Title::parse));
        let description = check.optional("description", command.description.as_deref().map(Note::parse));
        let estimated_minutes = duration(&mut check, "estimated_duration", command.estimated_minutes);
        if command.status.is_some_and(|status| status != WorkStatus::Scheduled) {
            check.note("status", Problem::Other("A new work order is scheduled."));
        }
        let tasks = check.all(self.tasks(actor, None, &command.tasks, now));
        let materials = check.all(self.materials(None, &command.materials));
        check.done()?;
        // `Check::done` has refused an order without a title already.
        let title = title.ok_or_else(|| Violations::one("title", Problem::Required))?;
        Ok(Written {
            title,
            description: description.unwrap_or_else(|| Note::trusted(String::new())),
            estimated_minutes,
            tasks: tasks.unwrap_or_default(),
            materials: materials.unwrap_or_default(),
        })
    }

    async fn meant(&self, actor: &Actor, command: &PlanWorkOrder) -> Result<Meant> {
        let customer = swap(None, Some(&command.customer), async |reference| self.customer(actor, reference).await).await?;
        let location = swap(None, Some(&command.location), async |reference| self.location(actor, reference).await).await?;
        let ticket = swap(None, Some(&command.ticket), async |reference| self.ticket(actor, reference).await).await?;
        let technician = match &command.technician {
            Some(reference) => Some(self.technician(actor, reference).await?),
            None => None,
        };
        Ok(Meant {
            customer: customer.and_then(|swap| swap.new).map(|(id, _)| id),
            location: location.and_then(|swap| swap.new).map(|(id, _)| id),
            ticket: ticket.and_then(|swap| swap.new).map(|(id, _)| id),
            technician,
        })
    }
}
