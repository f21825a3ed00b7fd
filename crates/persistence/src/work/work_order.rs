//! Work orders: the row, its parts, what is counted of it, and what can be found of it.

use helpdesk_domain::field_service::{LONGEST_MINUTES, WorkOrder};
use helpdesk_domain::kernel::id::{Revision, WorkOrderId};
use sea_orm::{DbErr, FromQueryResult, Value};

use super::numbers::next;
use super::writing::Writing;
use super::{Refused, work_part};
use crate::column::{NEVER, micros, some_micros};
use crate::field_service::tally::{self, Counted};
use crate::field_service::text::{text_of, texts};
use crate::field_service::{OPEN, ends_at, priority_number, status_number};
use crate::sql::Sql;
use crate::{portable, search};

const INSERT: &str = "INSERT INTO work_order (title, description, status, priority, customer, location, technician, scheduled_at, \
    ends_at, estimated_minutes, ticket, total_cost, updated_at, started_at, completed_at, organization, id, number, created_by, \
    created_at, revision) VALUES (?, ?, ?, ?, (SELECT serial FROM customer WHERE organization = ? AND id = ?), \
    (SELECT serial FROM location WHERE organization = ? AND id = ?), (SELECT serial FROM account WHERE organization = ? AND id = ?), \
    ?, ?, ?, (SELECT serial FROM ticket WHERE organization = ? AND id = ?), ?, ?, ?, ?, ?, ?, ?, \
    (SELECT serial FROM account WHERE organization = ? AND id = ?), ?, 1) RETURNING ";

const UPDATE: &str = "UPDATE work_order SET title = ?, description = ?, status = ?, priority = ?, \
    customer = (SELECT serial FROM customer WHERE organization = ? AND id = ?), \
    location = (SELECT serial FROM location WHERE organization = ? AND id = ?), \
    technician = (SELECT serial FROM account WHERE organization = ? AND id = ?), scheduled_at = ?, ends_at = ?, \
    estimated_minutes = ?, ticket = (SELECT serial FROM ticket WHERE organization = ? AND id = ?), total_cost = ?, updated_at = ?, \
    started_at = ?, completed_at = ?, revision = revision + 1 WHERE serial = ? RETURNING ";

/// What [`Placed`] reads.
const PLACED: &str = "serial, number, customer, location, technician, ticket, \
    (SELECT name FROM customer WHERE customer.serial = work_order.customer) AS customer_name";

#[derive(FromQueryResult)]
struct Placed {
    serial: i64,
    number: i64,
    customer: Option<i64>,
    location: Option<i64>,
    technician: Option<i64>,
    ticket: Option<i64>,
    customer_name: Option<String>,
}

/// A work order as it was before.
#[derive(FromQueryResult)]
struct Stored {
    serial: i64,
    title: String,
    description: String,
    status: i16,
    priority: i16,
    customer: Option<i64>,
    technician: Option<i64>,
    revision: i64,
}

pub(super) async fn add(writing: &mut Writing<'_>, order: &WorkOrder) -> Result<(), Refused> {
    let number = next(&mut writing.numbers.work_order);
    let organization = writing.organization;
    let mut values = values(organization, order);
    values.extend([
        organization.into(),
        order.id.0.into(),
        number.into(),
        organization.into(),
        order.created_by.0.into(),
        micros(order.created_at).into(),
    ]);
    let placed = place(writing, INSERT, values, order).await?;
    work_part::write(writing, placed.serial, order, true).await?;
    tally::apply(writing.transaction, None, Some(&counted(organization, order, &placed))).await?;
    index(writing, order, &placed);
    Ok(())
}

pub(super) async fn save(writing: &mut Writing<'_>, order: &WorkOrder) -> Result<(), Refused> {
    let stored = stored(writing, order.id).await?.filter(|stored| stored.revision == order.revision).ok_or(Refused::Stale)?;
    let organization = writing.organization;
    let mut values = values(organization, order);
    values.push(stored.serial.into());
    let placed = place(writing, UPDATE, values, order).await?;
    work_part::write(writing, placed.serial, order, false).await?;
    let (was, is) = (stored.counted(organization), counted(organization, order, &placed));
    if was != is {
        tally::apply(writing.transaction, Some(&was), Some(&is)).await?;
    }
    let is_found_otherwise = stored.title != order.title.as_str()
        || stored.description != order.description.as_str()
        || (stored.customer, stored.technician) != (placed.customer, placed.technician);
    if is_found_otherwise {
        index(writing, order, &placed);
    }
    writing.orders.insert(order.id, placed.serial);
    Ok(())
}

pub(super) async fn delete(writing: &mut Writing<'_>, id: WorkOrderId, revision: Revision) -> Result<(), Refused> {
    let stored = stored(writing, id).await?.filter(|stored| stored.revision == revision).ok_or(Refused::Stale)?;
    for children in ["work_order_task", "work_order_material", "work_order_history"] {
        let text = format!("DELETE FROM {children} WHERE work_order = ?");
        portable::execute(writing.transaction, &text, vec![stored.serial.into()]).await?;
    }
    search::remove_order(writing.transaction, stored.serial).await?;
    tally::apply(writing.transaction, Some(&stored.counted(writing.organization)), None).await?;
    let row = "DELETE FROM work_order WHERE serial = ?";
    portable::execute(writing.transaction, row, vec![stored.serial.into()]).await?;
    writing.orders.remove(&id);
    Ok(())
}

/// Commits with events hold the organization's row, so that no other takes the same time meanwhile.
pub(super) async fn keep_free(writing: &Writing<'_>, id: WorkOrderId) -> Result<(), Refused> {
    #[derive(FromQueryResult)]
    struct Count {
        n: i64,
    }
    let text = format!(
        "SELECT COUNT(*) AS n FROM work_order AS o JOIN work_order AS w ON w.technician = o.technician AND w.serial <> o.serial \
         AND w.scheduled_at < o.ends_at AND w.scheduled_at > o.scheduled_at - ? AND w.ends_at > o.scheduled_at \
         AND w.ends_at > w.scheduled_at AND w.status IN ({OPEN}) \
         WHERE o.organization = ? AND o.id = ? AND o.status IN ({OPEN}) AND o.ends_at > o.scheduled_at"
    );
    let longest = LONGEST_MINUTES * 60_000_000;
    let values = vec![longest.into(), writing.organization.into(), id.0.into()];
    let booked: Option<Count> = portable::one(writing.transaction, &text, values).await?;
    if booked.is_some_and(|count| count.n > 0) { Err(Refused::Taken("technician_booked")) } else { Ok(()) }
}

/// The customer's work orders are found by another name now.
pub(super) async fn reindex_of(writing: &mut Writing<'_>, customer: i64) -> Result<(), Refused> {
    let theirs = Sql::new("w.customer = ?", [customer.into()]);
    writing.order_texts.extend(texts(writing.transaction, theirs, i64::MAX).await?);
    Ok(())
}

fn index(writing: &mut Writing<'_>, order: &WorkOrder, placed: &Placed) {
    let text = text_of(order.title.as_str(), placed.number, placed.customer_name.as_deref(), order.description.as_str());
    let (organization, serial, technician) = (writing.organization, placed.serial, placed.technician);
    writing.order_texts.push(search::OrderText { organization, serial, technician, text });
    writing.orders.insert(order.id, serial);
}

/// Writes the row. What it refers to and is not there has been deleted since the use case looked it up.
async fn place(writing: &Writing<'_>, text: &str, values: Vec<Value>, order: &WorkOrder) -> Result<Placed, Refused> {
    let placed: Option<Placed> = portable::one(writing.transaction, &format!("{text}{PLACED}"), values).await?;
    let placed = placed.ok_or(Refused::Stale)?;
    let found = [placed.customer, placed.location, placed.technician, placed.ticket].map(|serial| serial.is_some());
    let meant = [order.customer.is_some(), order.location.is_some(), order.technician.is_some(), order.ticket.is_some()];
    if found == meant { Ok(placed) } else { Err(Refused::Stale) }
}

async fn stored(writing: &Writing<'_>, id: WorkOrderId) -> Result<Option<Stored>, DbErr> {
    let text = format!(
        "SELECT serial, title, description, status, priority, customer, technician, revision FROM work_order \
         WHERE organization = ? AND id = ?{}",
        portable::for_update(writing.store.backend())
    );
    portable::one(writing.transaction, &text, vec![writing.organization.into(), id.0.into()]).await
}

fn counted(organization: i64, order: &WorkOrder, placed: &Placed) -> Counted {
    let (status, priority) = (status_number(order.status), priority_number(order.priority));
    Counted { organization, status, priority, technician: placed.technician, customer: placed.customer }
}

impl Stored {
    fn counted(&self, organization: i64) -> Counted {
        let Self { status, priority, customer, technician, .. } = *self;
        Counted { organization, status, priority, technician, customer }
    }
}

fn values(organization: i64, order: &WorkOrder) -> Vec<Value> {
    let total: i64 = order.materials.iter().map(|material| material.cost.parts()).sum();
    vec![
        order.title.as_str().into(),
        order.description.as_str().into(),
        status_number(order.status).into(),
        priority_number(order.priority).into(),
        organization.into(),
        order.customer.map(|id| id.0).into(),
        organization.into(),
        order.location.map(|id| id.0).into(),
        organization.into(),
        order.technician.map(|id| id.0).into(),
        order.scheduled_at.map_or(NEVER, micros).into(),
        ends_at(order).into(),
        order.estimated_minutes.into(),
        organization.into(),
        order.ticket.map(|id| id.0).into(),
        total.into(),
        micros(order.updated_at).into(),
        some_micros(order.started_at).into(),
        some_micros(order.completed_at).into(),
    ]
}
