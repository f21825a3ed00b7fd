//! The tasks and materials of a work order, one at a time. Whoever sees a work order keeps them.

use super::{Result, WorkOrders, told};
use crate::event::Happened;
use crate::field_service::command::{WriteMaterial, WriteTask};
use crate::field_service::{FieldServiceError, MOST_PARTS, Material, MaterialView, Task, TaskView, WorkOrder};
use crate::kernel::actor::Actor;
use crate::kernel::id::{MaterialId, Reference, Target, TaskId};
use crate::kernel::race;
use crate::kernel::violation::{Problem, Violations};
use crate::work::Outcome;

impl WorkOrders {
    /// Adds a task.
    pub async fn add_task(&self, actor: &Actor, order: &Target, write: WriteTask) -> Result<TaskView> {
        let id = race::settle(order.may_retry(), async || self.add_task_once(actor, order, &write).await).await?;
        Ok(self.task(actor, &order.reference, &id.into()).await?.1)
    }

    async fn add_task_once(&self, actor: &Actor, target: &Target, write: &WriteTask) -> Result<TaskId> {
        let (_, mut order) = self.get(actor, target).await?;
        let now = self.clock.now();
        let task = self.task_of(actor, None, write, now)?;
        let (id, mut tasks) = (task.id, order.tasks.clone());
        check_room("tasks", tasks.len())?;
        tasks.insert(place(write.position, tasks.len())?, task);
        let happened = order.set_tasks(tasks, now);
        self.keep(actor, order, happened, part_of("work_order_task", id.0, true)).await?;
        Ok(id)
    }

    /// Changes a task, or its place.
    pub async fn edit_task(&self, actor: &Actor, order: &Target, task: &Reference, write: WriteTask) -> Result<TaskView> {
        race::settle(order.may_retry(), async || self.edit_task_once(actor, order, task, &write).await).await?;
        Ok(self.task(actor, &order.reference, task).await?.1)
    }

    async fn edit_task_once(&self, actor: &Actor, target: &Target, task: &Reference, write: &WriteTask) -> Result<()> {
        let (view, mut order) = self.get(actor, target).await?;
        let present = view.task(task).ok_or(FieldServiceError::NoTask)?;
        let now = self.clock.now();
        let changed = self.task_of(actor, Some(Task::from(present)), write, now)?;
        let (id, mut tasks) = (changed.id, order.tasks.clone());
        let at = tasks.iter().position(|task| task.id == id).ok_or(FieldServiceError::NoTask)?;
        tasks.remove(at);
        let to = if write.position.is_some() { place(write.position, tasks.len())? } else { at };
        tasks.insert(to, changed);
        let happened = order.set_tasks(tasks, now);
        self.keep(actor, order, happened, part_of("work_order_task", id.0, false)).await
    }

    /// Removes a task.
    pub async fn remove_task(&self, actor: &Actor, order: &Target, task: &Reference) -> Result<()> {
        race::settle(order.may_retry(), async || {
            let (view, mut order) = self.get(actor, order).await?;
            let id = view.task(task).ok_or(FieldServiceError::NoTask)?.id;
            let kept = order.tasks.iter().filter(|task| task.id != id).cloned().collect();
            let happened = order.set_tasks(kept, self.clock.now());
            self.keep(actor, order, happened, part_of("work_order_task", id.0, false)).await
        })
        .await
    }

    /// Adds a material.
    pub async fn add_material(&self, actor: &Actor, order: &Target, write: WriteMaterial) -> Result<MaterialView> {
        let id = race::settle(order.may_retry(), async || self.add_material_once(actor, order, &write).await).await?;
        Ok(self.material(actor, &order.reference, &id.into()).await?.1)
    }

    async fn add_material_once(&self, actor: &Actor, target: &Target, write: &WriteMaterial) -> Result<MaterialId> {
        let (_, mut order) = self.get(actor, target).await?;
        let material = self.material_of(None, write)?;
        let (id, mut materials) = (material.id, order.materials.clone());
        check_room("materials", materials.len())?;
        materials.push(material);
        let happened = order.set_materials(materials, self.clock.now());
        self.keep(actor, order, happened, part_of("work_order_material", id.0, true)).await?;
        Ok(id)
    }

    /// Changes a material.
    pub async fn edit_material(
        &self,
        actor: &Actor,
        order: &Target,
        material: &Reference,
        write: WriteMaterial,
    ) -> Result<MaterialView> {
        race::settle(order.may_retry(), async || {
            let (view, mut order) = self.get(actor, order).await?;
            let present = view.material(material).ok_or(FieldServiceError::NoMaterial)?;
            let changed = self.material_of(Some(Material::from(present)), &write)?;
            let id = changed.id;
            let replaced = |old: &Material| if old.id == id { changed.clone() } else { old.clone() };
            let materials = order.materials.iter().map(replaced).collect();
            let happened = order.set_materials(materials, self.clock.now());
            self.keep(actor, order, happened, part_of("work_order_material", id.0, false)).await
        })
        .await?;
        Ok(self.material(actor, &order.reference, material).await?.1)
    }

    /// Removes a material.
    pub async fn remove_material(&self, actor: &Actor, order: &Target, material: &Reference) -> Result<()> {
        race::settle(order.may_retry(), async || {
            let (view, mut order) = self.get(actor, order).await?;
            let id = view.material(material).ok_or(FieldServiceError::NoMaterial)?.id;
            let kept = order.materials.iter().filter(|material| material.id != id).cloned().collect();
            let happened = order.set_materials(kept, self.clock.now());
            self.keep(actor, order, happened, part_of("work_order_material", id.0, false)).await
        })
        .await
    }

    async fn keep(&self, actor: &Actor, order: WorkOrder, happened: Vec<Happened>, shows: Outcome) -> Result<()> {
        if happened.is_empty() {
            return Ok(());
        }
        let events = told(&order, actor, order.updated_at, happened);
        let shows = Outcome { parent: Some(order.id.0), ..shows };
        self.save(actor, order, events, false, shows).await
    }
}

fn part_of(kind: &'static str, id: uuid::Uuid, created: bool) -> Outcome {
    Outcome { kind, id, parent: None, created }
}

fn check_room(field: &str, parts: usize) -> Result<()> {
    if parts < MOST_PARTS { Ok(()) } else { Err(Violations::one(field, Problem::TooMany(MOST_PARTS)).into()) }
}

/// Where among so many a task goes that shall have this position.
fn place(position: Option<i64>, others: usize) -> Result<usize> {
    let Some(position) = position else { return Ok(others) };
    if position < 1 {
        return Err(Violations::one("position", Problem::BelowMinimum(1)).into());
    }
    Ok(usize::try_from(position - 1).map_or(others, |place| place.min(others)))
}
