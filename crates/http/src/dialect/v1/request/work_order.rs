//! Work orders, their tasks and their materials, as clients write them.

use helpdesk_domain::field_service::command::{EditWorkOrder, PlanWorkOrder, WriteMaterial, WriteTask};
use helpdesk_domain::field_service::{WorkPriority, WorkStatus};
use helpdesk_domain::kernel::id::{Reference, Target};
use helpdesk_domain::kernel::{Check, Problem as FieldProblem};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Given, Ref, Time};
use crate::gate::decimal::Amount;
use crate::problem::Problem;

/// A work order to plan, or changes to one; absent fields stay.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct WorkOrderBody {
    /// What it is called; required to plan one.
    #[schema(value_type = Option<String>, max_length = 255)]
    #[serde(default)]
    pub title: Given<String>,
    /// What it is about.
    #[schema(value_type = Option<String>, max_length = 65536)]
    #[serde(default)]
    pub description: Given<String>,
    /// `scheduled`, `in_progress`, `on_hold`, `completed` or `cancelled`, to move it on; a new one is `scheduled`.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub status: Given<String>,
    /// `low`, `medium`, `high` or `urgent`; `medium` when absent.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    pub priority: Given<String>,
    /// Whom for, or `null`.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub customer: Given<Ref>,
    /// The same.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub customer_id: Given<Ref>,
    /// Where, or `null`.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub location: Given<Ref>,
    /// The same.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub location_id: Given<Ref>,
    /// Who does it, staff or technician, or `null`.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub assigned_technician: Given<Ref>,
    /// The same.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub assigned_technician_id: Given<Ref>,
    /// When it shall begin, or `null`.
    #[schema(value_type = Option<Time>)]
    #[serde(default)]
    pub scheduled_at: Given<Time>,
    /// Minutes, or `null`.
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 43200)]
    #[serde(default)]
    pub estimated_duration: Given<i64>,
    /// The ticket that it came from, or `null`.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub ticket: Given<Ref>,
    /// The same.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub ticket_id: Given<Ref>,
    /// All tasks, in their order: those with an `id` keep what they don't say, others are new, missing ones go.
    #[schema(max_items = 100)]
    pub tasks: Option<Vec<TaskBody>>,
    /// All materials, likewise.
    #[schema(max_items = 100)]
    pub materials: Option<Vec<MaterialBody>>,
    /// Whether the technician may be booked twice.
    pub force: Option<bool>,
}

/// A task to add or to change; absent fields stay.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct TaskBody {
    /// Which, among all tasks of a work order.
    pub id: Option<Ref>,
    /// What it is called; required of a new one.
    #[schema(max_length = 255)]
    pub title: Option<String>,
    /// What is to be done.
    #[schema(max_length = 65536)]
    pub description: Option<String>,
    /// Minutes, or `null`.
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 43200)]
    #[serde(default)]
    pub estimated_duration: Given<i64>,
    /// Whether it is done.
    pub is_completed: Option<bool>,
    /// Its place, from 1; at the end when absent.
    #[schema(minimum = 1)]
    pub position: Option<i64>,
    /// The same.
    #[schema(minimum = 1)]
    pub order: Option<i64>,
}

/// A material to add or to change; absent fields stay.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct MaterialBody {
    /// Which, among all materials of a work order.
    pub id: Option<Ref>,
    /// What it is called; required of a new one.
    #[schema(max_length = 255)]
    pub name: Option<String>,
    /// How much of it, with at most 3 decimals; 1 when absent.
    pub quantity: Option<Amount>,
    /// What it is counted in.
    #[schema(max_length = 50)]
    pub unit: Option<String>,
    /// What all of it costs, with at most 2 decimals; 0 when absent.
    pub cost: Option<Amount>,
}

impl WorkOrderBody {
    /// The other names that references were written under: what is wrong with them is told so.
    pub fn names(&self) -> Vec<(&'static str, &'static str)> {
        let written = [
            ("customer", "customer_id", self.customer.0.is_none() && self.customer_id.0.is_some()),
            ("location", "location_id", self.location.0.is_none() && self.location_id.0.is_some()),
            ("ticket", "ticket_id", self.ticket.0.is_none() && self.ticket_id.0.is_some()),
            (
                "assigned_technician",
                "assigned_technician_id",
                self.assigned_technician.0.is_none() && self.assigned_technician_id.0.is_some(),
            ),
        ];
        written.into_iter().filter(|(_, _, is_written)| *is_written).map(|(field, name, _)| (field, name)).collect()
    }

    /// To be planned.
    pub fn into_plan(self) -> Result<PlanWorkOrder, Problem> {
        let mut check = Check::new();
        let status = check.optional("status", self.status.0.flatten().map(|word| status(&word)));
        let priority = check.optional("priority", self.priority.0.flatten().map(|word| priority(&word)));
        check.done()?;
        Ok(PlanWorkOrder {
            title: self.title.0.flatten(),
            description: self.description.0.flatten(),
            status,
            priority,
            customer: reference(self.customer.or(self.customer_id)).flatten(),
            location: reference(self.location.or(self.location_id)).flatten(),
            technician: reference(self.assigned_technician.or(self.assigned_technician_id)).flatten(),
            scheduled_at: self.scheduled_at.map(|time| time.0).flatten(),
            estimated_minutes: self.estimated_duration.0.flatten(),
            ticket: reference(self.ticket.or(self.ticket_id)).flatten(),
            tasks: self.tasks.unwrap_or_default().into_iter().map(TaskBody::into_task).collect(),
            materials: self.materials.unwrap_or_default().into_iter().map(MaterialBody::into_material).collect(),
            force: self.force.unwrap_or(false),
        })
    }

    /// To be changed.
    pub fn into_edit(self, target: Target) -> Result<EditWorkOrder, Problem> {
        let mut check = Check::new();
        let title = kept(&mut check, "title", self.title);
        let status_word = kept(&mut check, "status", self.status);
        let priority_word = kept(&mut check, "priority", self.priority);
        let status = check.optional("status", status_word.map(|word| status(&word)));
        let priority = check.optional("priority", priority_word.map(|word| priority(&word)));
        check.done()?;
        Ok(EditWorkOrder {
            target,
            title,
            description: self.description.0.map(Option::unwrap_or_default),
            status,
            priority,
            customer: reference(self.customer.or(self.customer_id)),
            location: reference(self.location.or(self.location_id)),
            technician: reference(self.assigned_technician.or(self.assigned_technician_id)),
            scheduled_at: self.scheduled_at.map(|time| time.0),
            estimated_minutes: self.estimated_duration.0,
            ticket: reference(self.ticket.or(self.ticket_id)),
            tasks: self.tasks.map(|tasks| tasks.into_iter().map(TaskBody::into_task).collect()),
            materials: self.materials.map(|materials| materials.into_iter().map(MaterialBody::into_material).collect()),
            force: self.force.unwrap_or(false),
        })
    }
}

impl TaskBody {
    /// To be added or changed.
    pub fn into_task(self) -> WriteTask {
        let Self { id, title, description, estimated_duration, is_completed, position, order } = self;
        WriteTask {
            id: id.map(|id| id.0),
            title,
            description,
            estimated_minutes: estimated_duration.0,
            is_completed,
            position: position.or(order),
        }
    }
}

impl MaterialBody {
    /// To be added or changed.
    pub fn into_material(self) -> WriteMaterial {
        let Self { id, name, quantity, unit, cost } = self;
        let (quantity, cost) = (quantity.map(|amount| amount.0), cost.map(|amount| amount.0));
        WriteMaterial { id: id.map(|id| id.0), name, quantity, unit, cost }
    }
}

/// The status of a word.
pub fn status(word: &str) -> Result<WorkStatus, FieldProblem> {
    WorkStatus::parse(word).ok_or_else(|| FieldProblem::InvalidChoice(word.to_owned()))
}

/// The priority of a word.
pub fn priority(word: &str) -> Result<WorkPriority, FieldProblem> {
    WorkPriority::parse(word).ok_or_else(|| FieldProblem::InvalidChoice(word.to_owned()))
}

/// A field that can be changed but not emptied.
fn kept(check: &mut Check, field: &str, given: Given<String>) -> Option<String> {
    let value = given.0?;
    if value.is_none() {
        check.note(field, FieldProblem::Null);
    }
    value
}

fn reference(given: Given<Ref>) -> Option<Option<Reference>> {
    given.map(|given| given.0)
}
