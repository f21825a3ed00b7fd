//! The work orders of the demo data, with their customers and locations.

use std::collections::HashMap;

use chrono::TimeDelta;
use helpdesk_domain::field_service::WorkOrderView;
use helpdesk_domain::field_service::command::{
    EditWorkOrder, PlanWorkOrder, WriteCustomer, WriteLocation, WriteMaterial, WriteTask,
};
use helpdesk_domain::field_service::{FieldServiceError, WorkPriority, WorkStatus};
use helpdesk_domain::kernel::id::Reference;
use helpdesk_domain::kernel::{Actor, Moment};
use serde::Deserialize;

use super::MovableClock;
use crate::failure::{Failure, Result};
use crate::wire::Installation;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Samples {
    customers: Vec<Customer>,
    visits: Vec<Visit>,
}

/// A customer and where they are.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Customer {
    name: String,
    email: String,
    phone: String,
    company: String,
    user: Option<String>,
    location: String,
    address: String,
    city: String,
    postal_code: String,
    country: String,
    latitude: f64,
    longitude: f64,
}

/// A work order and what became of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Visit {
    title: String,
    description: String,
    priority: WorkPriority,
    /// Name of the customer.
    customer: String,
    /// Username of the technician.
    technician: Option<String>,
    /// So many days from today, negative before it.
    day: Option<i64>,
    /// Hour of that day, UTC.
    #[serde(default)]
    hour: i64,
    minutes: Option<i64>,
    /// The states it went through.
    #[serde(default)]
    then: Vec<WorkStatus>,
    #[serde(default)]
    tasks: Vec<String>,
    /// Name, quantity, unit, cost.
    #[serde(default)]
    materials: Vec<(String, String, String, String)>,
}

/// Writes them: planned by `planner` as of some days before, moved on at their times.
pub async fn write(installation: &Installation, clock: &MovableClock, planner: &Actor, now: Moment) -> Result<()> {
    let samples: Samples = serde_yaml_ng::from_str(include_str!("visits.yaml"))
        .map_err(|error| Failure::because("The demo work orders cannot be read", &error))?;
    let refused = |error: FieldServiceError| Failure::because("The demo work orders cannot be written", &error);
    let mut sites = HashMap::new();
    for sample in samples.customers {
        let name = sample.name.clone();
        sites.insert(name, site(installation, planner, sample).await.map_err(refused)?);
    }
    for visit in samples.visits {
        clock.set(now - TimeDelta::days(14 - visit.day.unwrap_or(0).clamp(-10, 0)));
        let then = visit.then.clone();
        let order = plan(installation, planner, visit, &sites, now).await.map_err(refused)?;
        for status in then {
            clock.set(order.scheduled_at.unwrap_or(now).min(now));
            let edit = EditWorkOrder { status: Some(status), ..EditWorkOrder::of(order.id) };
            installation.work_orders().edit(planner, edit).await.map_err(refused)?;
        }
    }
    Ok(())
}

type Site = (Reference, Reference);

async fn site(installation: &Installation, planner: &Actor, sample: Customer) -> std::result::Result<Site, FieldServiceError> {
    let customer = WriteCustomer {
        name: Some(sample.name),
        email: Some(sample.email),
        phone: Some(sample.phone),
        company: Some(sample.company),
        user: sample.user.map(|username| Some(Reference::Name(username))),
    };
    let customer: Reference = installation.customers().create(planner, customer).await?.id.into();
    let location = WriteLocation {
        name: Some(sample.location),
        address: Some(sample.address),
        city: Some(sample.city),
        postal_code: Some(sample.postal_code),
        country: Some(sample.country),
        latitude: Some(Some(sample.latitude)),
        longitude: Some(Some(sample.longitude)),
        customer: Some(Some(customer.clone())),
    };
    let location = installation.locations().create(planner, location).await?;
    Ok((customer, location.place.id.into()))
}

async fn plan(
    installation: &Installation,
    planner: &Actor,
    visit: Visit,
    sites: &HashMap<String, Site>,
    now: Moment,
) -> std::result::Result<WorkOrderView, FieldServiceError> {
    let midnight = now.date_naive().and_time(chrono::NaiveTime::MIN).and_utc();
    let (customer, location) = sites.get(&visit.customer).cloned().unzip();
    let task = |title| WriteTask { title: Some(title), ..WriteTask::default() };
    let material = |(name, quantity, unit, cost)| WriteMaterial {
        id: None,
        name: Some(name),
        quantity: Some(quantity),
        unit: Some(unit),
        cost: Some(cost),
    };
    let command = PlanWorkOrder {
        title: Some(visit.title),
        description: Some(visit.description),
        status: None,
        priority: Some(visit.priority),
        customer,
        location,
        technician: visit.technician.map(Reference::Name),
        scheduled_at: visit.day.map(|day| midnight + TimeDelta::days(day) + TimeDelta::hours(visit.hour)),
        estimated_minutes: visit.minutes,
        ticket: None,
        tasks: visit.tasks.into_iter().map(task).collect(),
        materials: visit.materials.into_iter().map(material).collect(),
        force: false,
    };
    installation.work_orders().plan(planner, command).await
}
