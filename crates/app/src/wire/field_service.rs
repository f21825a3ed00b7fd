//! The use cases of field service.

use std::sync::Arc;

use helpdesk_domain::field_service::{Customers, Locations, WorkOrders};

use super::Installation;

impl Installation {
    /// The use cases of work orders.
    pub fn work_orders(&self) -> WorkOrders {
        let store = Arc::new(self.store.clone());
        WorkOrders {
            orders: store.clone(),
            customers: store.clone(),
            locations: store.clone(),
            tickets: store.clone(),
            people: store.clone(),
            organizations: store.clone(),
            work: store,
            clock: Arc::clone(&self.clock),
            ids: Arc::clone(&self.ids),
        }
    }

    /// The use cases of customers.
    pub fn customers(&self) -> Customers {
        let store = Arc::new(self.store.clone());
        let (clock, ids) = (Arc::clone(&self.clock), Arc::clone(&self.ids));
        Customers { customers: store.clone(), people: store.clone(), work: store, clock, ids }
    }

    /// The use cases of locations.
    pub fn locations(&self) -> Locations {
        let store = Arc::new(self.store.clone());
        let (clock, ids) = (Arc::clone(&self.clock), Arc::clone(&self.ids));
        Locations { locations: store.clone(), customers: store.clone(), work: store, clock, ids }
    }
}
