//! Sandboxes, and what happens because time goes by.

use std::sync::Arc;

use helpdesk_domain::sandbox::{Passing, Sandboxes};

use super::Installation;

impl Installation {
    /// The use cases of sandboxes.
    pub fn sandboxes(&self) -> Sandboxes {
        let store = Arc::new(self.store.clone());
        let (passing, clock) = (self.passing(), Arc::clone(&self.clock));
        Sandboxes { organizations: store.clone(), times: store.clone(), passing, work: store, clock }
    }

    /// All that happens because time goes by, and what comes of it. What is not in these lists does not happen on the way of a
    /// clock that is moved.
    fn passing(&self) -> Passing {
        let rules = Arc::new(self.rule_reader());
        Passing {
            due: vec![Arc::new(self.watch()), Arc::new(self.clockwork())],
            // what a rule files anew because of a route's work is not routed again
            consequences: vec![rules.clone(), Arc::new(self.route_reader()), rules],
        }
    }
}
