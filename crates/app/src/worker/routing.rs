//! Gives tickets to people.

use helpdesk_domain::event::Projector;
use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::routing::Dispatcher;

use super::Running;
use super::along::{Along, along};
use crate::wire::Installation;

/// Begins. What this process commits is looked at at once, tickets that nobody could take every few seconds.
pub fn route(installation: &Installation) -> Running {
    let (log, dispatcher) = (installation.routing_news(), installation.dispatcher());
    along(installation.store.news(), Routing { log, dispatcher })
}

struct Routing {
    log: Projector,
    dispatcher: Dispatcher,
}

impl Along for Routing {
    const DOES: &'static str = "give tickets away";

    fn log(&mut self) -> &mut Projector {
        &mut self.log
    }

    /// In turn, so that neither keeps the other waiting.
    async fn go_on(&mut self) -> Result<bool, StoreError> {
        let has_read = self.log.read_on().await?;
        Ok(self.dispatcher.place().await? || has_read)
    }

    async fn look_around(&mut self) -> Result<bool, StoreError> {
        self.dispatcher.take_up().await.map(|()| false)
    }
}
