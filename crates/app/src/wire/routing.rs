//! Routing.

use std::collections::HashMap;
use std::sync::Arc;

use helpdesk_domain::event::Projector;
use helpdesk_domain::routing::{Dispatcher, RouteReader, Router, Routing, RoutingNews};

use super::Installation;

impl Installation {
    /// The use cases of routing.
    pub(super) fn routing(&self) -> Routing {
        let store = Arc::new(self.store.clone());
        Routing {
            routes: store.clone(),
            agents: store.clone(),
            people: store.clone(),
            taxonomy: store.clone(),
            work: store,
            clock: Arc::clone(&self.clock),
            ids: Arc::clone(&self.ids),
        }
    }

    /// What lets tickets wait for somebody.
    pub fn routing_news(&self) -> Projector {
        self.projector(self.wants())
    }

    /// What gives tickets away while the time of a sandbox goes by.
    pub(super) fn route_reader(&self) -> RouteReader {
        RouteReader { events: Arc::new(self.store.clone()), news: self.wants(), dispatcher: self.dispatcher() }
    }

    fn wants(&self) -> RoutingNews {
        RoutingNews { routes: Arc::new(self.store.clone()) }
    }

    /// Who finds somebody for a ticket.
    fn router(&self) -> Router {
        Router { agents: Arc::new(self.store.clone()) }
    }

    /// What gives waiting tickets away.
    pub fn dispatcher(&self) -> Dispatcher {
        let store = Arc::new(self.store.clone());
        Dispatcher {
            waiting: store.clone(),
            routes: store.clone(),
            tickets: store.clone(),
            taxonomy: store.clone(),
            events: store.clone(),
            router: self.router(),
            times: store.clone(),
            work: store,
            clock: Arc::clone(&self.clock),
            in_vain: HashMap::new(),
        }
    }
}
