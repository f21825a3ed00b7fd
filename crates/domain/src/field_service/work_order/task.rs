//! The steps of a work order.

use uuid::Uuid;

use super::part::{Part, WorkPart};
use crate::kernel::clock::Moment;
use crate::kernel::id::{TaskId, UserId};
use crate::kernel::text::{Note, TaskTitle};

/// A step to take. Its place among the others is its place in the work order's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Identity.
    pub id: TaskId,
    /// What it is called.
    pub title: TaskTitle,
    /// What is to be done; may be empty.
    pub description: Note,
    /// How many minutes it will take.
    pub estimated_minutes: Option<i64>,
    /// By whom and when it was done; none while it is not.
    pub completion: Option<Completion>,
}

/// By whom and when a task was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Completion {
    /// By whom.
    pub by: UserId,
    /// When.
    pub at: Moment,
}

impl Part for Task {
    const KIND: WorkPart = WorkPart::Task;

    fn id(&self) -> Uuid {
        self.id.0
    }

    fn name(&self) -> &str {
        self.title.as_str()
    }

    fn is_done(&self) -> bool {
        self.completion.is_some()
    }

    fn undone(&self) -> Self {
        Self { completion: None, ..self.clone() }
    }
}

impl Task {
    /// A task of that name, with nothing more said of it.
    pub fn new(id: TaskId, title: TaskTitle) -> Self {
        Self { id, title, description: Note::trusted(String::new()), estimated_minutes: None, completion: None }
    }

    /// Done, by somebody now, or not done; what was done before stays as it was.
    pub fn mark(&mut self, is_done: bool, by: UserId, now: Moment) {
        self.completion = is_done.then(|| self.completion.unwrap_or(Completion { by, at: now }));
    }
}
