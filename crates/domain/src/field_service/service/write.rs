//! Reading what clients write of tasks and materials.

use super::WorkOrders;
use crate::field_service::command::{WriteMaterial, WriteTask};
use crate::field_service::{Cost, LONGEST_MINUTES, MOST_PARTS, Material, Quantity, Task, WorkOrderView};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::id::{MaterialId, Reference, TaskId};
use crate::kernel::text::{MaterialName, Note, TaskTitle, Unit};
use crate::kernel::violation::{Check, Problem, Violations};

type Checked<T> = Result<T, Violations>;

impl WorkOrders {
    /// All tasks of a work order as they are written: those that are named change, others are new.
    pub(super) fn tasks(
        &self,
        actor: &Actor,
        view: Option<&WorkOrderView>,
        written: &[WriteTask],
        now: Moment,
    ) -> Checked<Vec<Task>> {
        each("tasks", written, |write| {
            let known = |reference: &Reference| view.and_then(|view| view.task(reference)).map(Task::from);
            let present = named(write.id.as_ref(), known)?;
            self.task_of(actor, present, write, now)
        })
    }

    /// All materials of a work order as they are written, likewise.
    pub(super) fn materials(&self, view: Option<&WorkOrderView>, written: &[WriteMaterial]) -> Checked<Vec<Material>> {
        each("materials", written, |write| {
            let known = |reference: &Reference| view.and_then(|view| view.material(reference)).map(Material::from);
            self.material_of(named(write.id.as_ref(), known)?, write)
        })
    }

    /// A task as it is written: a new one, or one that there is with what changes.
    pub(super) fn task_of(&self, actor: &Actor, present: Option<Task>, write: &WriteTask, now: Moment) -> Checked<Task> {
        let WriteTask { id: _, title, description, estimated_minutes, is_completed, position: _ } = write;
        let mut check = Check::new();
        let written = check.optional("title", title.as_deref().map(TaskTitle::parse));
        let description = check.optional("description", description.as_deref().map(Note::parse));
        let minutes = estimated_minutes.map(|given| duration(&mut check, "estimated_duration", given));
        let title = written.or_else(|| present.as_ref().map(|task| task.title.clone()));
        if title.is_none() && check.passes() {
            check.note("title", Problem::Required);
        }
        check.done()?;
        let title = title.ok_or_else(|| Violations::one("title", Problem::Required))?;
        let empty = Note::trusted(String::new());
        let new =
            |title| Task { id: TaskId(self.ids.next()), title, description: empty, estimated_minutes: None, completion: None };
        let mut task = present.map_or_else(|| new(title.clone()), |task| Task { title: title.clone(), ..task });
        task.description = description.unwrap_or(task.description);
        task.estimated_minutes = minutes.unwrap_or(task.estimated_minutes);
        if let Some(is_completed) = *is_completed {
            task.mark(is_completed, actor.user, now);
        }
        Ok(task)
    }

    /// A material as it is written, likewise.
    pub(super) fn material_of(&self, present: Option<Material>, write: &WriteMaterial) -> Checked<Material> {
        let WriteMaterial { id: _, name, quantity, unit, cost } = write;
        let mut check = Check::new();
        let written = check.optional("name", name.as_deref().map(MaterialName::parse));
        let quantity = check.optional("quantity", quantity.as_deref().map(Quantity::parse));
        let unit = check.optional("unit", unit.as_deref().map(Unit::parse));
        let cost = check.optional("cost", cost.as_deref().map(Cost::parse));
        let is_unnamed = name.is_none() && present.is_none();
        if is_unnamed {
            check.note("name", Problem::Required);
        }
        check.done()?;
        let name = written.or_else(|| present.as_ref().map(|material| material.name.clone()));
        let name = name.ok_or_else(|| Violations::one("name", Problem::Required))?;
        let (id, was) = present.map_or_else(
            || (MaterialId(self.ids.next()), (Quantity::of_parts(Quantity::PARTS), Unit::trusted(String::new()), Cost::ZERO)),
            |material| (material.id, (material.quantity, material.unit, material.cost)),
        );
        let (quantity, unit, cost) = (quantity.unwrap_or(was.0), unit.unwrap_or(was.1), cost.unwrap_or(was.2));
        Ok(Material { id, name, quantity, unit, cost })
    }
}

/// How many minutes something will take: from 1 to [`LONGEST_MINUTES`], or not known.
pub(super) fn duration(check: &mut Check, field: &str, minutes: Option<i64>) -> Option<i64> {
    let minutes = minutes?;
    if minutes < 1 {
        check.note(field, Problem::BelowMinimum(1));
    }
    if minutes > LONGEST_MINUTES {
        check.note(field, Problem::AboveMaximum(LONGEST_MINUTES));
    }
    Some(minutes)
}

/// The part that is named, where one is.
fn named<P>(reference: Option<&Reference>, find: impl FnOnce(&Reference) -> Option<P>) -> Checked<Option<P>> {
    let Some(reference) = reference else { return Ok(None) };
    let unknown = || Violations::one("id", Problem::Unknown(reference.to_string()));
    find(reference).map(Some).ok_or_else(unknown)
}

/// Every part of a list; what is wrong with one is told as `0.title`, by its place from 0.
fn each<W, P>(field: &str, written: &[W], read: impl Fn(&W) -> Checked<P>) -> Checked<Vec<P>> {
    if written.len() > MOST_PARTS {
        return Err(Violations::one(field, Problem::TooMany(MOST_PARTS)));
    }
    let mut check = Check::new();
    let mut parts = Vec::with_capacity(written.len());
    for (place, write) in written.iter().enumerate() {
        match read(write) {
            Ok(part) => parts.push(part),
            Err(violations) => {
                for violation in violations.0 {
                    check.note(field, Problem::Part(format!("{place}.{}", violation.field), Box::new(violation.problem)));
                }
            }
        }
    }
    check.done()?;
    Ok(parts)
}
