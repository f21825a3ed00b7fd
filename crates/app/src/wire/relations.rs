//! The use cases of what binds tickets to each other, and of privacy.

use std::sync::Arc;

use helpdesk_domain::link::Links;
use helpdesk_domain::privacy::Privacy;
use helpdesk_domain::satisfaction::Satisfaction;
use helpdesk_domain::transfer::Transfers;

use super::Installation;

impl Installation {
    /// The use cases of links between tickets.
    pub(super) fn links(&self) -> Links {
        let store = Arc::new(self.store.clone());
        let (clock, ids) = (Arc::clone(&self.clock), Arc::clone(&self.ids));
        Links { links: store.clone(), tickets: store.clone(), reader: store.clone(), work: store, clock, ids }
    }

    /// The use cases of merging and splitting.
    pub(super) fn transfers(&self) -> Transfers {
        let store = Arc::new(self.store.clone());
        Transfers {
            transfers: store.clone(),
            tickets: store.clone(),
            reader: store.clone(),
            taxonomy: store.clone(),
            work: store,
            clock: Arc::clone(&self.clock),
            ids: Arc::clone(&self.ids),
        }
    }

    /// The use cases of ratings.
    pub(super) fn satisfaction(&self) -> Satisfaction {
        let store = Arc::new(self.store.clone());
        Satisfaction {
            ratings: store.clone(),
            tickets: store.clone(),
            organizations: store.clone(),
            work: store,
            clock: Arc::clone(&self.clock),
        }
    }

    /// The use cases of privacy.
    pub(super) fn privacy(&self) -> Privacy {
        let store = Arc::new(self.store.clone());
        Privacy { personal: store.clone(), people: store.clone(), work: store, clock: Arc::clone(&self.clock) }
    }
}
