//! Editing a work order: any of its fields, its status, its technician and its parts at once, or nothing.

use super::lookup::swap;
use super::write::duration;
use super::{Result, WorkOrders, told};
use crate::event::{Happened, WorkOrderHappened};
use crate::field_service::command::EditWorkOrder;
use crate::field_service::{WorkOrder, WorkOrderChange, WorkOrderView, policy};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::id::WorkOrderId;
use crate::kernel::race;
use crate::kernel::text::{Note, Title};
use crate::kernel::violation::Check;
use crate::work::Outcome;

impl WorkOrders {
    /// Edits a work order: staff anything, its technician the status, the tasks and the materials. What is as it was
    /// counts as not written; an edit that changes nothing records nothing.
    pub async fn edit(&self, actor: &Actor, command: EditWorkOrder) -> Result<WorkOrderView> {
        let id = race::settle(command.target.may_retry(), async || self.edit_once(actor, &command).await).await?;
        self.seen(actor, &id.into()).await
    }

    async fn edit_once(&self, actor: &Actor, command: &EditWorkOrder) -> Result<WorkOrderId> {
        let (view, mut order) = self.get(actor, &command.target).await?;
        let (id, now, slot) = (order.id, self.clock.now(), order.slot());
        let mut happened = self.replan(actor, &view, &mut order, command, now).await?;
        if !happened.is_empty() {
            policy::may_plan(actor)?;
        }
        if let Some(to) = command.status {
            happened.extend(order.move_to(to, now)?);
        }
        happened.extend(self.rewrite(actor, &view, &mut order, command, now)?);
        if happened.is_empty() {
            return Ok(id);
        }
        let takes_time = !command.force && self.check_free(actor, &order, slot).await?;
        let events = told(&order, actor, now, happened);
        let outcome = Outcome { kind: "work_order", id: id.0, parent: None, created: false };
        self.save(actor, order, events, takes_time, outcome).await?;
        Ok(id)
    }

    /// What only staff change.
    async fn replan(
        &self,
        actor: &Actor,
        view: &WorkOrderView,
        order: &mut WorkOrder,
        command: &EditWorkOrder,
        now: Moment,
    ) -> Result<Vec<Happened>> {
        let changes = order.change(self.change(actor, view, command).await?, now);
        let mut happened = Vec::new();
        if !changes.is_empty() {
            let (title, technician) = (order.title.to_string(), order.technician);
            happened.push(Happened::WorkOrder(WorkOrderHappened::Updated { title, technician, changes }));
        }
        let Some(wanted) = &command.technician else { return Ok(happened) };
        let present = view.named_technician();
        let to = match wanted {
            // Whoever has it keeps it, whatever has become of them.
            Some(reference) if view.is_done_by(reference) => present.clone(),
            Some(reference) => match self.person(actor, reference).await? {
                person if present.as_ref().is_some_and(|present| present.id == person.id) => Some(person),
                _ => Some(self.technician(actor, reference).await?),
            },
            None => None,
        };
        happened.extend(order.assign(present, to, now));
        Ok(happened)
    }

    /// The tasks and the materials.
    fn rewrite(
        &self,
        actor: &Actor,
        view: &WorkOrderView,
        order: &mut WorkOrder,
        command: &EditWorkOrder,
        now: Moment,
    ) -> Result<Vec<Happened>> {
        let mut check = Check::new();
        let tasks = command.tasks.as_ref().and_then(|written| check.all(self.tasks(actor, Some(view), written, now)));
        let materials = command.materials.as_ref().and_then(|written| check.all(self.materials(Some(view), written)));
        check.done()?;
        let mut happened = tasks.map(|tasks| order.set_tasks(tasks, now)).unwrap_or_default();
        happened.extend(materials.map(|materials| order.set_materials(materials, now)).unwrap_or_default());
        Ok(happened)
    }

    /// The command with everything looked at and looked up.
    async fn change(&self, actor: &Actor, view: &WorkOrderView, command: &EditWorkOrder) -> Result<WorkOrderChange> {
        let mut check = Check::new();
        let title = check.optional("title", command.title.as_deref().map(Title::parse));
        let description = check.optional("description", command.description.as_deref().map(Note::parse));
        let minutes = command.estimated_minutes.map(|minutes| duration(&mut check, "estimated_duration", minutes));
        check.done()?;
        let customer = view.customer.as_ref().map(|customer| (customer.id, customer.name.clone()));
        let location = view.location.as_ref().map(|location| (location.id, location.name.clone()));
        let ticket = view.ticket.as_ref().map(|ticket| (ticket.id, ticket.title.clone()));
        // The ticket that it shows stays, also when it is sent back by somebody who doesn't see it.
        let other = command.ticket.as_ref().filter(|meant| !meant.as_ref().is_some_and(|meant| view.came_from(meant)));
        Ok(WorkOrderChange {
            title,
            description,
            priority: command.priority,
            customer: swap(customer, command.customer.as_ref(), async |meant| self.customer(actor, meant).await).await?,
            location: swap(location, command.location.as_ref(), async |meant| self.location(actor, meant).await).await?,
            scheduled_at: command.scheduled_at,
            estimated_minutes: minutes,
            ticket: swap(ticket, other, async |meant| self.ticket(actor, meant).await).await?,
        })
    }
}
