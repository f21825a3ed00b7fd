//! The use cases of field service.

mod customers;
mod edit;
mod locations;
mod lookup;
mod parts;
mod plan;
mod read;
mod write;

use std::sync::Arc;

use super::port::{CustomerRepository, LocationRepository, WorkOrderRepository};
use super::{FieldServiceError, WorkOrder, WorkOrderView, policy};
use crate::event::{Event, Happened};
use crate::identity::port::{IdentityRepository, OrganizationRepository};
use crate::kernel::actor::Actor;
use crate::kernel::clock::{Clock, Ids, Moment};
use crate::kernel::id::{Reference, Target};
use crate::ticket::port::TicketRepository;
use crate::work::{Changes, Outcome, UnitOfWork, Write};

pub use customers::Customers;
pub use locations::Locations;

type Result<T> = std::result::Result<T, FieldServiceError>;

/// The use cases of work orders, and what they need from outside.
#[derive(Clone)]
pub struct WorkOrders {
    /// Work orders.
    pub orders: Arc<dyn WorkOrderRepository>,
    /// Whom they are for.
    pub customers: Arc<dyn CustomerRepository>,
    /// Where they are done.
    pub locations: Arc<dyn LocationRepository>,
    /// Tickets that they come from.
    pub tickets: Arc<dyn TicketRepository>,
    /// Technicians.
    pub people: Arc<dyn IdentityRepository>,
    /// In which zone days are counted.
    pub organizations: Arc<dyn OrganizationRepository>,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Fresh identities.
    pub ids: Arc<dyn Ids>,
}

impl WorkOrders {
    /// The work order that is meant, if the actor sees it.
    async fn seen(&self, actor: &Actor, order: &Reference) -> Result<WorkOrderView> {
        let sight = policy::sight(actor).ok_or(FieldServiceError::NoWorkOrder)?;
        self.orders.view(actor.organization, sight, order).await?.ok_or(FieldServiceError::NoWorkOrder)
    }

    /// The same, to decide on, if it is still as the client believes.
    async fn get(&self, actor: &Actor, target: &Target) -> Result<(WorkOrderView, WorkOrder)> {
        let view = self.seen(actor, &target.reference).await?;
        target.allows(view.revision)?;
        let order = view.restored(actor.organization);
        Ok((view, order))
    }

    /// Writes a work order as it is now. Where it takes time that it did not take before, nobody else may have it.
    async fn save(&self, actor: &Actor, order: WorkOrder, events: Vec<Event>, keeps_free: bool, shows: Outcome) -> Result<()> {
        let id = order.id;
        let mut changes = Changes::by(actor).with(Write::SaveWorkOrder(Box::new(order)), events);
        if keeps_free {
            changes = changes.with(Write::KeepFree(id), []);
        }
        Ok(self.work.commit(changes.showing(shows)).await?)
    }
}

/// What happened to a work order, as events.
fn told(order: &WorkOrder, by: &Actor, now: Moment, happened: Vec<Happened>) -> Vec<Event> {
    happened.into_iter().map(|happened| Event::of_work_order(order.id, by, now, happened)).collect()
}
