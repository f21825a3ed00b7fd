//! What can be asked of field service. Text is as the client wrote it; the use case looks at it.

use chrono::NaiveDate;

use super::port::WorkOrderSort;
use super::{WorkPriority, WorkStatus};
use crate::kernel::clock::Moment;
use crate::kernel::id::{Reference, Target};

/// A work order to plan. `status` may only say `scheduled`, which it is anyway.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlanWorkOrder {
    /// What it is called; required.
    pub title: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// Where its life begins.
    pub status: Option<WorkStatus>,
    /// How urgent; `medium` when absent.
    pub priority: Option<WorkPriority>,
    /// Whom for.
    pub customer: Option<Reference>,
    /// Where.
    pub location: Option<Reference>,
    /// Who does it; staff or technician.
    pub technician: Option<Reference>,
    /// When it shall begin.
    pub scheduled_at: Option<Moment>,
    /// How many minutes it will take.
    pub estimated_minutes: Option<i64>,
    /// The ticket that it came from.
    pub ticket: Option<Reference>,
    /// Its steps.
    pub tasks: Vec<WriteTask>,
    /// What it uses up.
    pub materials: Vec<WriteMaterial>,
    /// Whether the technician may be booked twice.
    pub force: bool,
}

/// Changes to a work order; none leaves a field as it is, an inner none empties it.
#[derive(Clone, Debug, PartialEq)]
pub struct EditWorkOrder {
    /// Which.
    pub target: Target,
    /// What it is called.
    pub title: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// Where it goes in its life.
    pub status: Option<WorkStatus>,
    /// How urgent.
    pub priority: Option<WorkPriority>,
    /// Whom for.
    pub customer: Option<Option<Reference>>,
    /// Where.
    pub location: Option<Option<Reference>>,
    /// Who does it.
    pub technician: Option<Option<Reference>>,
    /// When it shall begin.
    pub scheduled_at: Option<Option<Moment>>,
    /// How many minutes it will take.
    pub estimated_minutes: Option<Option<i64>>,
    /// The ticket that it came from.
    pub ticket: Option<Option<Reference>>,
    /// All its steps, in their order: those that are named keep what they don't say, others are new.
    pub tasks: Option<Vec<WriteTask>>,
    /// All its materials, likewise.
    pub materials: Option<Vec<WriteMaterial>>,
    /// Whether the technician may be booked twice.
    pub force: bool,
}

impl EditWorkOrder {
    /// Nothing to change yet.
    pub fn of(target: impl Into<Target>) -> Self {
        Self {
            target: target.into(),
            title: None,
            description: None,
            status: None,
            priority: None,
            customer: None,
            location: None,
            technician: None,
            scheduled_at: None,
            estimated_minutes: None,
            ticket: None,
            tasks: None,
            materials: None,
            force: false,
        }
    }
}

/// A step of a work order, new or to be changed; none leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WriteTask {
    /// Which, among all steps of a work order; none for a new one.
    pub id: Option<Reference>,
    /// What it is called; required of a new one.
    pub title: Option<String>,
    /// What is to be done.
    pub description: Option<String>,
    /// How many minutes it will take.
    pub estimated_minutes: Option<Option<i64>>,
    /// Whether it is done.
    pub is_completed: Option<bool>,
    /// Its place, from 1; at the end when absent or beyond it. Says nothing where all steps are written.
    pub position: Option<i64>,
}

/// A material of a work order, new or to be changed; none leaves a field as it is. Numbers are as they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WriteMaterial {
    /// Which, among all materials of a work order; none for a new one.
    pub id: Option<Reference>,
    /// What it is called; required of a new one.
    pub name: Option<String>,
    /// How much of it; 1 when absent.
    pub quantity: Option<String>,
    /// What it is counted in.
    pub unit: Option<String>,
    /// What all of it costs; nothing when absent.
    pub cost: Option<String>,
}

/// Which work orders are wanted, as the client named them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindWorkOrders {
    /// In any of these states.
    pub statuses: Vec<WorkStatus>,
    /// Of any of these priorities.
    pub priorities: Vec<WorkPriority>,
    /// For this customer.
    pub customer: Option<Reference>,
    /// At this place.
    pub location: Option<Reference>,
    /// Of this technician; `me`, and `none` for nobody.
    pub technician: Option<Reference>,
    /// From this ticket.
    pub ticket: Option<Reference>,
    /// Beginning at or after.
    pub scheduled_after: Option<Moment>,
    /// Beginning before.
    pub scheduled_before: Option<Moment>,
    /// Beginning on this day of the organization's zone.
    pub day: Option<NaiveDate>,
    /// With these words.
    pub search: Option<String>,
    /// Sorted by, and whether the other way round; by time where a time is wanted, else the newest first.
    pub order: Option<(WorkOrderSort, bool)>,
}

/// A customer to write; absent fields are empty or stay, an inner none empties one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WriteCustomer {
    /// Name; required of a new one.
    pub name: Option<String>,
    /// Address for mails.
    pub email: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Company.
    pub company: Option<String>,
    /// The account of the same person.
    pub user: Option<Option<Reference>>,
}

/// A location to write; absent fields are empty or stay, an inner none empties one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WriteLocation {
    /// What it is called; required of a new one.
    pub name: Option<String>,
    /// Street and house number.
    pub address: Option<String>,
    /// Town.
    pub city: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// Degrees north.
    pub latitude: Option<Option<f64>>,
    /// Degrees east.
    pub longitude: Option<Option<f64>>,
    /// Whose it is.
    pub customer: Option<Option<Reference>>,
}
