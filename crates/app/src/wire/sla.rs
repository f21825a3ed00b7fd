//! Service levels.

use std::sync::Arc;

use helpdesk_domain::sla::{ServiceLevels, Watch};

use super::Installation;

impl Installation {
    /// The use cases of service levels.
    pub fn service_levels(&self) -> ServiceLevels {
        let store = Arc::new(self.store.clone());
        ServiceLevels {
            levels: store.clone(),
            tickets: store.clone(),
            taxonomy: store.clone(),
            work: store,
            clock: Arc::clone(&self.clock),
            ids: Arc::clone(&self.ids),
        }
    }

    /// What watches the clocks of tickets.
    pub fn watch(&self) -> Watch {
        let store = Arc::new(self.store.clone());
        let clock = Arc::clone(&self.clock);
        Watch { queue: store.clone(), tickets: store.clone(), levels: store.clone(), work: store, clock }
    }
}
