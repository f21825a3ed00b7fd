//! The tasks and materials of a work order: those that are gone are deleted, the others written at their places.

use helpdesk_domain::field_service::{Material, Task, WorkOrder};
use sea_orm::Value;
use uuid::Uuid;

use super::Refused;
use super::writing::Writing;
use crate::column::some_micros;
use crate::portable::{self, repeated};

const TASK: &str = "(?, ?, ?, ?, ?, ?, (SELECT serial FROM account WHERE organization = ? AND id = ?), ?)";
const MATERIAL: &str = "(?, ?, ?, ?, ?, ?, ?)";

/// Writes all of them; `is_new` where there were none.
pub(super) async fn write(writing: &Writing<'_>, serial: i64, order: &WorkOrder, is_new: bool) -> Result<(), Refused> {
    if !is_new {
        let tasks: Vec<Uuid> = order.tasks.iter().map(|task| task.id.0).collect();
        delete(writing, "work_order_task", serial, &tasks).await?;
        let materials: Vec<Uuid> = order.materials.iter().map(|material| material.id.0).collect();
        delete(writing, "work_order_material", serial, &materials).await?;
    }
    write_tasks(writing, serial, &order.tasks).await?;
    write_materials(writing, serial, &order.materials).await
}

/// Deletes those that are not `kept`.
async fn delete(writing: &Writing<'_>, table: &str, serial: i64, kept: &[Uuid]) -> Result<(), Refused> {
    let mut text = format!("DELETE FROM {table} WHERE work_order = ?");
    if !kept.is_empty() {
        text.extend([" AND id NOT IN (", &repeated("?", kept.len()), ")"]);
    }
    let values = std::iter::once(Value::from(serial)).chain(kept.iter().map(|id| Value::from(*id))).collect();
    portable::execute(writing.transaction, &text, values).await?;
    Ok(())
}

async fn write_tasks(writing: &Writing<'_>, serial: i64, tasks: &[Task]) -> Result<(), Refused> {
    if tasks.is_empty() {
        return Ok(());
    }
    let text = format!(
        "INSERT INTO work_order_task (work_order, position, id, title, description, estimated_minutes, completed_by, completed_at) \
         VALUES {} ON CONFLICT (id) DO UPDATE SET position = excluded.position, title = excluded.title, \
         description = excluded.description, estimated_minutes = excluded.estimated_minutes, completed_by = excluded.completed_by, \
         completed_at = excluded.completed_at",
        repeated(TASK, tasks.len())
    );
    let row = |(position, task): (i64, &Task)| -> [Value; 9] {
        let Task { id, title, description, estimated_minutes, completion } = task;
        [
            serial.into(),
            position.into(),
            id.0.into(),
            title.as_str().into(),
            description.as_str().into(),
            (*estimated_minutes).into(),
            writing.organization.into(),
            completion.map(|completion| completion.by.0).into(),
            some_micros(completion.map(|completion| completion.at)).into(),
        ]
    };
    portable::execute(writing.transaction, &text, (1..).zip(tasks).flat_map(row).collect()).await?;
    Ok(())
}

async fn write_materials(writing: &Writing<'_>, serial: i64, materials: &[Material]) -> Result<(), Refused> {
    if materials.is_empty() {
        return Ok(());
    }
    let text = format!(
        "INSERT INTO work_order_material (work_order, position, id, name, quantity, unit, cost) VALUES {} \
         ON CONFLICT (id) DO UPDATE SET position = excluded.position, name = excluded.name, quantity = excluded.quantity, \
         unit = excluded.unit, cost = excluded.cost",
        repeated(MATERIAL, materials.len())
    );
    let row = |(position, material): (i64, &Material)| -> [Value; 7] {
        let Material { id, name, quantity, unit, cost } = material;
        [
            serial.into(),
            position.into(),
            id.0.into(),
            name.as_str().into(),
            quantity.parts().into(),
            unit.as_str().into(),
            cost.parts().into(),
        ]
    };
    portable::execute(writing.transaction, &text, (1..).zip(materials).flat_map(row).collect()).await?;
    Ok(())
}
