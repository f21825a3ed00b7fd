//! What a work order is made of, tasks and materials, and what is told of a change to them.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::event::{Happened, WorkOrderHappened};
use crate::kernel::id::UserId;

/// The most tasks of a work order, and the most materials.
pub const MOST_PARTS: usize = 100;

/// What sort of part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkPart {
    /// A step to take.
    Task,
    /// Something that is used up.
    Material,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkPartChange {
    /// New.
    Added,
    /// Otherwise than it was.
    Updated,
    /// Done.
    Completed,
    /// Not done after all.
    Reopened,
    /// At another place.
    Moved,
    /// Gone.
    Removed,
}

impl WorkPart {
    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::Material => "material",
        }
    }

    /// What is done to it, for history: `task_added` …
    pub const fn action(self, change: WorkPartChange) -> &'static str {
        match (self, change) {
            (Self::Task, WorkPartChange::Added) => "task_added",
            (Self::Task, WorkPartChange::Updated) => "task_updated",
            (Self::Task, WorkPartChange::Completed) => "task_completed",
            (Self::Task, WorkPartChange::Reopened) => "task_reopened",
            (Self::Task, WorkPartChange::Moved) => "task_moved",
            (Self::Task, WorkPartChange::Removed) => "task_removed",
            (Self::Material, WorkPartChange::Added) => "material_added",
            (Self::Material, WorkPartChange::Moved) => "material_moved",
            (Self::Material, WorkPartChange::Removed) => "material_removed",
            (Self::Material, _) => "material_updated",
        }
    }
}

/// A part, to be compared with what it was.
pub(super) trait Part: PartialEq + Clone {
    const KIND: WorkPart;
    fn id(&self) -> Uuid;
    fn name(&self) -> &str;
    /// Whether it is done; materials never are.
    fn is_done(&self) -> bool;
    /// The same part, not done.
    fn undone(&self) -> Self;
}

/// What happened to the parts of a work order. Where all are the same at other places, the first that moved is told.
pub(super) fn difference<P: Part>(technician: Option<UserId>, before: &[P], after: &[P]) -> Vec<Happened> {
    let told = |part: &P, change| {
        let (part, name) = (P::KIND, part.name().to_owned());
        Happened::WorkOrder(WorkOrderHappened::PartChanged { technician, part, change, name })
    };
    let mut happened = Vec::new();
    for part in after {
        let Some(was) = before.iter().find(|other| other.id() == part.id()) else {
            happened.push(told(part, WorkPartChange::Added));
            continue;
        };
        if was.undone() != part.undone() {
            happened.push(told(part, WorkPartChange::Updated));
        }
        match (was.is_done(), part.is_done()) {
            (false, true) => happened.push(told(part, WorkPartChange::Completed)),
            (true, false) => happened.push(told(part, WorkPartChange::Reopened)),
            _ => {}
        }
    }
    let is_gone = |part: &&P| !after.iter().any(|other| other.id() == part.id());
    happened.extend(before.iter().filter(is_gone).map(|part| told(part, WorkPartChange::Removed)));
    let moved = before.iter().zip(after).find(|(was, part)| was.id() != part.id()).map(|(_, part)| part);
    if happened.is_empty() {
        happened.extend(moved.map(|part| told(part, WorkPartChange::Moved)));
    }
    happened
}
