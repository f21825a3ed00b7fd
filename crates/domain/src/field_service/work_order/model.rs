//! A work order.

use std::ops::Deref;

use chrono::TimeDelta;

use super::material::Material;
use super::part::difference;
use super::priority::WorkPriority;
use super::status::WorkStatus;
use super::task::Task;
use crate::event::{FieldChange, Happened, Named, WorkOrderHappened};
use crate::field_service::FieldServiceError;
use crate::kernel::clock::Moment;
use crate::kernel::id::{CustomerId, LocationId, OrganizationId, Revision, TicketId, UserId, WorkOrderId};
use crate::kernel::text::{Note, Title};
use crate::ticket::{Swap, Told};

/// The longest estimate of a work order or a task: 30 days.
pub const LONGEST_MINUTES: i64 = 30 * 24 * 60;

/// All that is kept of a work order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkOrderState {
    /// Identity.
    pub id: WorkOrderId,
    /// Tenant.
    pub organization: OrganizationId,
    /// What it is called.
    pub title: Title,
    /// What it is about; may be empty.
    pub description: Note,
    /// Where it is in its life.
    pub status: WorkStatus,
    /// How urgent.
    pub priority: WorkPriority,
    /// Whom for.
    pub customer: Option<CustomerId>,
    /// Where.
    pub location: Option<LocationId>,
    /// Who does it.
    pub technician: Option<UserId>,
    /// When it shall begin.
    pub scheduled_at: Option<Moment>,
    /// How many minutes it will take, at most [`LONGEST_MINUTES`].
    pub estimated_minutes: Option<i64>,
    /// The ticket that it came from.
    pub ticket: Option<TicketId>,
    /// Its steps, in their order.
    pub tasks: Vec<Task>,
    /// What it uses up.
    pub materials: Vec<Material>,
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

/// A work order. Read through its state, changed through its verbs, which tell what happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkOrder(WorkOrderState);

/// A part of a technician's time: from its beginning up to, but without, its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Whose time.
    pub technician: UserId,
    /// Beginning.
    pub from: Moment,
    /// End.
    pub to: Moment,
}

/// What is to change; none leaves a field as it is. Everything has been looked up.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorkOrderChange {
    /// Title.
    pub title: Option<Title>,
    /// Description.
    pub description: Option<Note>,
    /// Priority.
    pub priority: Option<WorkPriority>,
    /// Whom for.
    pub customer: Option<Swap<CustomerId>>,
    /// Where.
    pub location: Option<Swap<LocationId>>,
    /// When it shall begin.
    pub scheduled_at: Option<Option<Moment>>,
    /// How many minutes it will take.
    pub estimated_minutes: Option<Option<i64>>,
    /// The ticket that it came from.
    pub ticket: Option<Swap<TicketId>>,
}

impl Deref for WorkOrder {
    type Target = WorkOrderState;

    fn deref(&self) -> &WorkOrderState {
        &self.0
    }
}

impl WorkOrder {
    /// A work order as it was stored.
    pub fn restored(state: WorkOrderState) -> Self {
        Self(state)
    }

    /// A new work order.
    pub fn plan(state: WorkOrderState) -> (Self, Happened) {
        let happened = Happened::WorkOrder(WorkOrderHappened::Created {
            title: state.title.to_string(),
            status: state.status,
            priority: state.priority,
            technician: state.technician,
            scheduled_at: state.scheduled_at,
        });
        (Self(state), happened)
    }

    /// The time of its technician that it takes; none while nobody, no time or no duration is planned, or when it is
    /// over.
    pub fn slot(&self) -> Option<Slot> {
        let (technician, from, minutes) = (self.technician?, self.scheduled_at?, self.estimated_minutes?);
        let slot = Slot { technician, from, to: from + TimeDelta::minutes(minutes) };
        (!self.status.is_final()).then_some(slot)
    }

    /// Applies the change; the fields that are different now.
    pub fn change(&mut self, change: WorkOrderChange, now: Moment) -> Vec<FieldChange> {
        let WorkOrderChange { title, description, priority, customer, location, scheduled_at, estimated_minutes, ticket } =
            change;
        let state = &mut self.0;
        let mut told = Told::default();
        told.set("title", &mut state.title, title, |title| Some(title.to_string()));
        told.set("description", &mut state.description, description, |text| Some(text.to_string()));
        told.set("priority", &mut state.priority, priority, |priority| Some(priority.word().to_owned()));
        told.swap("customer", &mut state.customer, customer);
        told.swap("location", &mut state.location, location);
        told.set("scheduled_at", &mut state.scheduled_at, scheduled_at, |time| time.map(|time| time.to_rfc3339()));
        told.set("estimated_duration", &mut state.estimated_minutes, estimated_minutes, |minutes| {
            minutes.map(|minutes| minutes.to_string())
        });
        told.swap("ticket", &mut state.ticket, ticket);
        if !told.0.is_empty() {
            state.updated_at = now;
        }
        told.0
    }

    /// Gives it to somebody, or to nobody; none when they have it already.
    pub fn assign(&mut self, from: Option<Named>, to: Option<Named>, now: Moment) -> Option<Happened> {
        let technician = to.as_ref().map(|person| person.id);
        if self.technician == technician {
            return None;
        }
        self.0.technician = technician;
        self.0.updated_at = now;
        Some(Happened::WorkOrder(WorkOrderHappened::Assigned { title: self.title.to_string(), from, to }))
    }

    /// Moves it on; none when it is there already.
    pub fn move_to(&mut self, to: WorkStatus, now: Moment) -> Result<Option<Happened>, FieldServiceError> {
        let from = self.status;
        if from == to {
            return Ok(None);
        }
        if !from.may_become(to) {
            return Err(FieldServiceError::InvalidTransition { from, to });
        }
        self.0.status = to;
        self.0.updated_at = now;
        if to == WorkStatus::InProgress {
            self.0.started_at = self.0.started_at.or(Some(now));
        }
        if to == WorkStatus::Completed {
            self.0.completed_at = Some(now);
        }
        let (title, technician) = (self.title.to_string(), self.technician);
        Ok(Some(Happened::WorkOrder(WorkOrderHappened::StatusChanged { title, technician, from, to })))
    }

    /// Gives it these tasks instead of those it has; what happened to each.
    pub fn set_tasks(&mut self, tasks: Vec<Task>, now: Moment) -> Vec<Happened> {
        let before = std::mem::replace(&mut self.0.tasks, tasks);
        let happened = difference(self.technician, &before, &self.0.tasks);
        self.touch(!happened.is_empty(), now);
        happened
    }

    /// Gives it these materials instead of those it has; what happened to each.
    pub fn set_materials(&mut self, materials: Vec<Material>, now: Moment) -> Vec<Happened> {
        let before = std::mem::replace(&mut self.0.materials, materials);
        let happened = difference(self.technician, &before, &self.0.materials);
        self.touch(!happened.is_empty(), now);
        happened
    }

    fn touch(&mut self, is_changed: bool, now: Moment) {
        if is_changed {
            self.0.updated_at = now;
        }
    }
}
