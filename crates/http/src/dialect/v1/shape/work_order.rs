//! Work orders.

use chrono::{DateTime, Utc};
use helpdesk_domain::field_service::{MaterialView, TaskView, TicketBrief, WorkOrderView};
use serde::Serialize;
use serde_json::Number;
use utoipa::ToSchema;

use super::Key;
use super::site::{CustomerRef, LocationRef};
use crate::dialect::v1::say::Shows;
use crate::gate::Seen;
use crate::gate::decimal::number;

/// A work order.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkOrder<K: Key> {
    /// Its id.
    pub id: K,
    /// `WO0001` and on.
    #[schema(example = "WO0001")]
    pub number: String,
    /// What it is called.
    pub title: String,
    /// What it is about; may be empty.
    pub description: String,
    /// `scheduled`, `in_progress`, `on_hold`, `completed` or `cancelled`.
    pub status: String,
    /// `low`, `medium`, `high` or `urgent`.
    pub priority: String,
    /// Whom for.
    pub customer: Option<CustomerRef<K>>,
    /// Where.
    pub location: Option<LocationRef<K>>,
    /// Who does it.
    pub assigned_technician: Option<K::Person>,
    /// When it shall begin.
    pub scheduled_at: Option<DateTime<Utc>>,
    /// Minutes.
    pub estimated_duration: Option<i64>,
    /// Its steps, in their order.
    pub tasks: Vec<Task<K>>,
    /// What it uses up.
    pub materials: Vec<Material<K>>,
    /// What all its materials cost.
    #[schema(value_type = f64, example = 5.99)]
    pub total_cost: Number,
    /// The ticket that it came from.
    pub ticket: Option<TicketRef<K>>,
    /// Planned.
    pub created_at: DateTime<Utc>,
    /// Last changed.
    pub updated_at: DateTime<Utc>,
    /// Completed.
    pub completed_at: Option<DateTime<Utc>>,
}

/// A step of a work order.
#[derive(Debug, Serialize, ToSchema)]
pub struct Task<K: Key> {
    /// Its id.
    pub id: K,
    /// What it is called.
    pub title: String,
    /// What is to be done; may be empty.
    pub description: String,
    /// Minutes.
    pub estimated_duration: Option<i64>,
    /// Whether it is done.
    pub is_completed: bool,
    /// By whom.
    pub completed_by: Option<K::Person>,
    /// When.
    pub completed_at: Option<DateTime<Utc>>,
    /// Its place, from 1.
    pub position: i64,
}

/// A material of a work order.
#[derive(Debug, Serialize, ToSchema)]
pub struct Material<K: Key> {
    /// Its id.
    pub id: K,
    /// What it is called.
    pub name: String,
    /// How much of it.
    #[schema(value_type = f64, example = 10)]
    pub quantity: Number,
    /// What it is counted in; may be empty.
    pub unit: String,
    /// What all of it costs.
    #[schema(value_type = f64, example = 5.99)]
    pub cost: Number,
}

/// The ticket that a work order came from.
#[derive(Debug, Serialize, ToSchema)]
pub struct TicketRef<K: Key> {
    /// Its id.
    pub id: K,
    /// `TX0001` and on.
    #[schema(example = "TX0001")]
    pub number: String,
    /// What it is called.
    pub title: String,
}

impl<K: Key> From<&TicketBrief> for TicketRef<K> {
    fn from(ticket: &TicketBrief) -> Self {
        Self {
            id: K::of(ticket.id.0, ticket.serial),
            number: helpdesk_domain::ticket::shown_number(ticket.number),
            title: ticket.title.clone(),
        }
    }
}

impl<K: Key> From<&TaskView> for Task<K> {
    fn from(task: &TaskView) -> Self {
        Self {
            id: K::of(task.id.0, task.serial),
            title: task.title.clone(),
            description: task.description.clone(),
            estimated_duration: task.estimated_minutes,
            is_completed: task.completion.is_some(),
            completed_by: task.completion.as_ref().map(|(person, _)| K::Person::from(person)),
            completed_at: task.completion.as_ref().map(|(_, at)| *at),
            position: task.position,
        }
    }
}

impl<K: Key> From<&MaterialView> for Material<K> {
    fn from(material: &MaterialView) -> Self {
        Self {
            id: K::of(material.id.0, material.serial),
            name: material.name.clone(),
            quantity: number(material.quantity),
            unit: material.unit.clone(),
            cost: number(material.cost),
        }
    }
}

impl<K: Key> Shows<TaskView> for Task<K> {
    fn show(task: &TaskView, _: &Seen<'_>) -> Self {
        Self::from(task)
    }
}

impl<K: Key> Shows<MaterialView> for Material<K> {
    fn show(material: &MaterialView, _: &Seen<'_>) -> Self {
        Self::from(material)
    }
}

impl<K: Key> Shows<WorkOrderView> for WorkOrder<K> {
    fn show(view: &WorkOrderView, _: &Seen<'_>) -> Self {
        Self {
            id: K::of(view.id.0, view.serial),
            number: format!("WO{:04}", view.number),
            title: view.title.clone(),
            description: view.description.clone(),
            status: view.status.word().to_owned(),
            priority: view.priority.word().to_owned(),
            customer: view.customer.as_ref().map(CustomerRef::from),
            location: view.location.as_ref().map(LocationRef::from),
            assigned_technician: view.technician.as_ref().map(K::Person::from),
            scheduled_at: view.scheduled_at,
            estimated_duration: view.estimated_minutes,
            tasks: view.tasks.iter().map(Task::from).collect(),
            materials: view.materials.iter().map(Material::from).collect(),
            total_cost: number(view.total_cost()),
            ticket: view.ticket.as_ref().map(TicketRef::from),
            created_at: view.created_at,
            updated_at: view.updated_at,
            completed_at: view.completed_at,
        }
    }
}
