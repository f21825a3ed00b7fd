//! Work orders, shown.

use super::material::{Cost, Material, Quantity};
use super::model::{WorkOrder, WorkOrderState};
use super::priority::WorkPriority;
use super::status::WorkStatus;
use super::task::{Completion, Task};
use crate::event::Named;
use crate::field_service::Coordinate;
use crate::kernel::clock::Moment;
use crate::kernel::id::{
    CustomerId, LocationId, MaterialId, OrganizationId, Reference, Revision, Serial, TaskId, TicketId, UserId, WorkOrderId,
};
use crate::kernel::text::{MaterialName, Note, TaskTitle, Title, Unit};
use crate::ticket::UserBrief;

/// A work order, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkOrderView {
    /// UUID.
    pub id: WorkOrderId,
    /// Integer.
    pub serial: Serial,
    /// 1, 2, 3 … in each organization, without gaps.
    pub number: i64,
    /// What it is called.
    pub title: String,
    /// What it is about; may be empty.
    pub description: String,
    /// Where it is in its life.
    pub status: WorkStatus,
    /// How urgent.
    pub priority: WorkPriority,
    /// Whom for.
    pub customer: Option<CustomerBrief>,
    /// Where.
    pub location: Option<LocationBrief>,
    /// Who does it.
    pub technician: Option<UserBrief>,
    /// When it shall begin.
    pub scheduled_at: Option<Moment>,
    /// How many minutes it will take.
    pub estimated_minutes: Option<i64>,
    /// The ticket that it came from.
    pub ticket: Option<TicketBrief>,
    /// Its steps, in their order.
    pub tasks: Vec<TaskView>,
    /// What it uses up.
    pub materials: Vec<MaterialView>,
    /// Who planned it.
    pub created_by: UserId,
    /// Planned.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// First in progress.
    pub started_at: Option<Moment>,
    /// Completed.
    pub completed_at: Option<Moment>,
    /// How often it was written.
    pub revision: Revision,
}

/// A step of a work order, shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskView {
    /// UUID.
    pub id: TaskId,
    /// Integer.
    pub serial: Serial,
    /// Its place, from 1.
    pub position: i64,
    /// What it is called.
    pub title: String,
    /// What is to be done; may be empty.
    pub description: String,
    /// How many minutes it will take.
    pub estimated_minutes: Option<i64>,
    /// By whom and when it was done.
    pub completion: Option<(UserBrief, Moment)>,
}

/// A material of a work order, shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaterialView {
    /// UUID.
    pub id: MaterialId,
    /// Integer.
    pub serial: Serial,
    /// What it is called.
    pub name: String,
    /// How much of it.
    pub quantity: Quantity,
    /// What it is counted in; may be empty.
    pub unit: String,
    /// What all of it costs.
    pub cost: Cost,
}

/// Whom a work order is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerBrief {
    /// UUID.
    pub id: CustomerId,
    /// Integer.
    pub serial: Serial,
    /// Name.
    pub name: String,
    /// Address for mails; may be empty.
    pub email: String,
    /// Telephone; may be empty.
    pub phone: String,
    /// Company; may be empty.
    pub company: String,
}

/// Where a work order is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocationBrief {
    /// UUID.
    pub id: LocationId,
    /// Integer.
    pub serial: Serial,
    /// What it is called.
    pub name: String,
    /// Street and house number; may be empty.
    pub address: String,
    /// Town; may be empty.
    pub city: String,
    /// Postal code; may be empty.
    pub postal_code: String,
    /// Country; may be empty.
    pub country: String,
    /// Degrees north.
    pub latitude: Option<Coordinate>,
    /// Degrees east.
    pub longitude: Option<Coordinate>,
}

/// The ticket that a work order came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketBrief {
    /// UUID.
    pub id: TicketId,
    /// Integer.
    pub serial: Serial,
    /// Its number in the organization.
    pub number: i64,
    /// What it is called.
    pub title: String,
}

impl WorkOrderView {
    /// The work order itself, to decide on.
    pub fn restored(&self, organization: OrganizationId) -> WorkOrder {
        WorkOrder::restored(WorkOrderState {
            id: self.id,
            organization,
            title: Title::trusted(self.title.clone()),
            description: Note::trusted(self.description.clone()),
            status: self.status,
            priority: self.priority,
            customer: self.customer.as_ref().map(|customer| customer.id),
            location: self.location.as_ref().map(|location| location.id),
            technician: self.technician.as_ref().map(|person| person.id),
            scheduled_at: self.scheduled_at,
            estimated_minutes: self.estimated_minutes,
            ticket: self.ticket.as_ref().map(|ticket| ticket.id),
            tasks: self.tasks.iter().map(Task::from).collect(),
            materials: self.materials.iter().map(Material::from).collect(),
            created_by: self.created_by,
            created_at: self.created_at,
            updated_at: self.updated_at,
            started_at: self.started_at,
            completed_at: self.completed_at,
            revision: self.revision,
        })
    }

    /// What all its materials cost.
    pub fn total_cost(&self) -> Cost {
        self.materials.iter().map(|material| material.cost).sum()
    }

    /// The task that is meant, by id or serial.
    pub fn task(&self, task: &Reference) -> Option<&TaskView> {
        self.tasks.iter().find(|known| task.is_of(known.id.0, known.serial))
    }

    /// The material that is meant, by id or serial.
    pub fn material(&self, material: &Reference) -> Option<&MaterialView> {
        self.materials.iter().find(|known| material.is_of(known.id.0, known.serial))
    }

    /// Whether that is the ticket that it came from, as it shows it.
    pub fn came_from(&self, ticket: &Reference) -> bool {
        self.ticket.as_ref().is_some_and(|known| ticket.is_of(known.id.0, known.serial))
    }

    /// Whether that is its technician, as it shows them.
    pub fn is_done_by(&self, person: &Reference) -> bool {
        self.technician.as_ref().is_some_and(|known| person.is_of(known.id.0, known.serial))
    }

    /// Its technician, by name.
    pub fn named_technician(&self) -> Option<Named> {
        self.technician.as_ref().map(|person| Named { id: person.id, name: person.name() })
    }
}

impl From<&TaskView> for Task {
    fn from(view: &TaskView) -> Self {
        Self {
            id: view.id,
            title: TaskTitle::trusted(view.title.clone()),
            description: Note::trusted(view.description.clone()),
            estimated_minutes: view.estimated_minutes,
            completion: view.completion.as_ref().map(|(person, at)| Completion { by: person.id, at: *at }),
        }
    }
}

impl From<&MaterialView> for Material {
    fn from(view: &MaterialView) -> Self {
        Self {
            id: view.id,
            name: MaterialName::trusted(view.name.clone()),
            quantity: view.quantity,
            unit: Unit::trusted(view.unit.clone()),
            cost: view.cost,
        }
    }
}
