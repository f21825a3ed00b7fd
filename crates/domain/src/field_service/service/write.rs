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
        each(
            "tasks",
            written,
            |task: &Task| task.id,
            |write| {
                let known = |reference: &Reference| view.and_then(|view| view.task(reference)).map(Task::from);
                let present = meant(write.id.as_ref(), known)?;
                self.task_of(actor, present, write, now)
            },
        )
    }

    /// All materials of a work order as they are written, likewise.
    pub(super) fn materials(&self, view: Option<&WorkOrderView>, written: &[WriteMaterial]) -> Checked<Vec<Material>> {
        each(
            "materials",
            written,
            |material: &Material| material.id,
            |write| {
                let known = |reference: &Reference| view.and_then(|view| view.material(reference)).map(Material::from);
                self.material_of(meant(write.id.as_ref(), known)?, write)
            },
        )
    }

    /// A task as it is written: a new one, or one that there is with what changes.
    pub(super) fn task_of(&self, actor: &Actor, present: Option<Task>, write: &WriteTask, now: Moment) -> Checked<Task> {
        let WriteTask { id: _, title, description, estimated_minutes, is_completed, position: _ } = write;
        let mut check = Check::new();
        let was = present.as_ref().map(|task| &task.title);
        let title = named(&mut check, "title", title.as_deref().map(TaskTitle::parse), was);
        let description = check.optional("description", description.as_deref().map(Note::parse));
        let minutes = estimated_minutes.map(|given| duration(&mut check, "estimated_duration", given));
        check.done()?;
        let title = title.ok_or_else(|| Violations::one("title", Problem::Required))?;
        let mut task = present.unwrap_or_else(|| Task::new(TaskId(self.ids.next()), title.clone()));
        task.title = title;
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
        let was = present.as_ref().map(|material| &material.name);
        let name = named(&mut check, "name", name.as_deref().map(MaterialName::parse), was);
        let quantity = check.optional("quantity", quantity.as_deref().map(Quantity::parse));
        let unit = check.optional("unit", unit.as_deref().map(Unit::parse));
        let cost = check.optional("cost", cost.as_deref().map(Cost::parse));
        check.done()?;
        let name = name.ok_or_else(|| Violations::one("name", Problem::Required))?;
        let mut material = present.unwrap_or_else(|| Material::new(MaterialId(self.ids.next()), name.clone()));
        material.name = name;
        material.quantity = quantity.unwrap_or(material.quantity);
        material.unit = unit.unwrap_or(material.unit);
        material.cost = cost.unwrap_or(material.cost);
        Ok(material)
    }
}

/// The name that is written, else the present one; a new part has none yet.
fn named<T: Clone>(check: &mut Check, field: &str, written: Option<Result<T, Problem>>, present: Option<&T>) -> Option<T> {
    match (written, present) {
        (None, Some(present)) => Some(present.clone()),
        (written, _) => check.required(field, written),
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

/// The part that is meant, where one is.
fn meant<P>(reference: Option<&Reference>, find: impl FnOnce(&Reference) -> Option<P>) -> Checked<Option<P>> {
    let Some(reference) = reference else { return Ok(None) };
    let unknown = || Violations::one("id", Problem::Unknown(reference.to_string()));
    find(reference).map(Some).ok_or_else(unknown)
}

/// Every part of a list, none twice; what is wrong with one is told as `0.title`, by its place from 0.
fn each<W, P, I: PartialEq>(
    field: &str,
    written: &[W],
    id: impl Fn(&P) -> I,
    read: impl Fn(&W) -> Checked<P>,
) -> Checked<Vec<P>> {
    if written.len() > MOST_PARTS {
        return Err(Violations::one(field, Problem::TooMany(MOST_PARTS)));
    }
    let mut check = Check::new();
    let mut parts: Vec<P> = Vec::with_capacity(written.len());
    for (place, write) in written.iter().enumerate() {
        let part = read(write).and_then(|part| {
            let is_twice = parts.iter().any(|other| id(other) == id(&part));
            if is_twice { Err(Violations::one("id", Problem::Other("Is there twice."))) } else { Ok(part) }
        });
        match part {
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
