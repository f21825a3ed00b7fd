//! A work order, whole, as it is read from a row.

use helpdesk_domain::field_service::{
    Coordinate, Cost, CustomerBrief, LocationBrief, MaterialView, Quantity, TaskView, TicketBrief, WorkOrderView,
};
use helpdesk_domain::kernel::id::{CustomerId, LocationId, MaterialId, TaskId, TicketId, UserId, WorkOrderId};
use sea_orm::{DbBackend, DbErr};
use uuid::Uuid;

use super::{priority, status};
use crate::column::{NEVER, damaged, moment, some_moment};
use crate::sql::{Fields, fields, packed};
use crate::ticket_reader::{person, person_columns};

/// What [`read`] reads, in its order, to be [packed](crate::sql::packed). `w` is the work order.
const COLUMNS: &str = "w.serial, #w.id, w.number, w.title, w.description, w.status, w.priority, w.scheduled_at, \
    w.estimated_minutes, #b.id, w.created_at, w.updated_at, w.started_at, w.completed_at, w.revision, \
    #c.id, c.serial, c.name, c.email, c.phone, c.company, \
    #l.id, l.serial, l.name, l.address, l.city, l.postal_code, l.country, l.latitude, l.longitude, \
    #t.id, t.serial, t.number, t.title";

/// What [`COLUMNS`] names besides the work order. Accounts that are gone keep their names.
pub(super) const JOINS: &str = "JOIN account AS b ON b.serial = w.created_by LEFT JOIN customer AS c ON c.serial = w.customer \
    LEFT JOIN location AS l ON l.serial = w.location LEFT JOIN ticket AS t ON t.serial = w.ticket \
    LEFT JOIN account AS a ON a.serial = w.technician";

/// Work orders with their tasks and materials, in that order, as one value.
pub(super) fn orders(backend: DbBackend, order_by: &str) -> String {
    let tasks = format!(
        "k.serial, #k.id, k.position, k.title, k.description, k.estimated_minutes, k.completed_at, #{}",
        person_columns("p")
    );
    let tasks = packed(backend, &fields(backend, &tasks), "k.position");
    let materials = fields(backend, "m.serial, #m.id, m.name, m.quantity, m.unit, m.cost");
    let materials = packed(backend, &materials, "m.position");
    let order = format!(
        "{}, (SELECT {tasks} FROM work_order_task AS k LEFT JOIN account AS p ON p.serial = k.completed_by \
         WHERE k.work_order = w.serial), (SELECT {materials} FROM work_order_material AS m WHERE m.work_order = w.serial)",
        fields(backend, &format!("{COLUMNS}, #{}", person_columns("a")))
    );
    packed(backend, &order, order_by)
}

/// Reads a work order of [`orders`].
pub(super) fn read(row: &mut Fields<'_>) -> Result<WorkOrderView, DbErr> {
    let (serial, id, number) = (row.next()?, WorkOrderId(row.next()?), row.next()?);
    let (title, description) = (row.next()?, row.next()?);
    let (status, priority) = (status(row.next()?)?, priority(row.next()?)?);
    let scheduled_at = some_moment(Some(row.next()?).filter(|time| *time != NEVER))?;
    let (estimated_minutes, created_by) = (row.next()?, UserId(row.next()?));
    let (created_at, updated_at) = (moment(row.next()?)?, moment(row.next()?)?);
    let (started_at, completed_at) = (some_moment(row.next()?)?, some_moment(row.next()?)?);
    let revision = row.next()?;
    let (customer, location, ticket) = (customer(row)?, location(row)?, ticket(row)?);
    let technician = person(row)?;
    let (tasks, materials) = (row.rows(task)?, row.rows(material)?);
    Ok(WorkOrderView {
        id,
        serial,
        number,
        title,
        description,
        status,
        priority,
        customer,
        location,
        technician,
        scheduled_at,
        estimated_minutes,
        ticket,
        tasks,
        materials,
        created_by,
        created_at,
        updated_at,
        started_at,
        completed_at,
        revision,
    })
}

fn customer(row: &mut Fields<'_>) -> Result<Option<CustomerBrief>, DbErr> {
    let Some(id) = row.next::<Option<Uuid>>()? else {
        row.skip(5);
        return Ok(None);
    };
    let (serial, name, email, phone, company) = (row.next()?, row.next()?, row.next()?, row.next()?, row.next()?);
    Ok(Some(CustomerBrief { id: CustomerId(id), serial, name, email, phone, company }))
}

fn location(row: &mut Fields<'_>) -> Result<Option<LocationBrief>, DbErr> {
    let Some(id) = row.next::<Option<Uuid>>()? else {
        row.skip(8);
        return Ok(None);
    };
    let (serial, name, address, city) = (row.next()?, row.next()?, row.next()?, row.next()?);
    let (postal_code, country) = (row.next()?, row.next()?);
    let mut degrees = || Ok::<_, DbErr>(row.next::<Option<i64>>()?.map(Coordinate::of_parts));
    let (latitude, longitude) = (degrees()?, degrees()?);
    Ok(Some(LocationBrief { id: LocationId(id), serial, name, address, city, postal_code, country, latitude, longitude }))
}

fn ticket(row: &mut Fields<'_>) -> Result<Option<TicketBrief>, DbErr> {
    let Some(id) = row.next::<Option<Uuid>>()? else {
        row.skip(3);
        return Ok(None);
    };
    Ok(Some(TicketBrief { id: TicketId(id), serial: row.next()?, number: row.next()?, title: row.next()? }))
}

fn task(row: &mut Fields<'_>) -> Result<TaskView, DbErr> {
    let (serial, id, position) = (row.next()?, TaskId(row.next()?), row.next()?);
    let (title, description, estimated_minutes) = (row.next()?, row.next()?, row.next()?);
    let completed_at = some_moment(row.next()?)?;
    let completed_by = person(row)?;
    let completion = match completed_at {
        Some(at) => Some((completed_by.ok_or_else(|| damaged("task", serial))?, at)),
        None => None,
    };
    Ok(TaskView { id, serial, position, title, description, estimated_minutes, completion })
}

fn material(row: &mut Fields<'_>) -> Result<MaterialView, DbErr> {
    let (serial, id, name) = (row.next()?, MaterialId(row.next()?), row.next()?);
    let quantity = Quantity::of_parts(row.next()?);
    let (unit, cost) = (row.next()?, Cost::of_parts(row.next()?));
    Ok(MaterialView { id, serial, name, quantity, unit, cost })
}
