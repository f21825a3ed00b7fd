//! Hands finished tickets to the external workflow.

use std::time::Duration;

use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::workflow::Courier;
use helpdesk_domain::workflow::port::Settled;
use helpdesk_persistence::Store;
use tokio::sync::watch;
use tracing::{error, info, warn};

use super::Running;
use crate::failure::Result;
use crate::wire::Installation;

/// How often it looks without being woken: for what other replicas finalize, and for what is due again.
const ROUND: Duration = Duration::from_secs(2);

/// Begins to hand over what is due.
pub async fn hand_over(installation: &Installation, courier: Courier) -> Result<Running> {
    installation.store.release_deliveries().await?;
    let store = installation.store.clone();
    Ok(Running::start(|stopped| Work { store, courier, stopped }.go_on()))
}

struct Work {
    store: Store,
    courier: Courier,
    stopped: watch::Receiver<bool>,
}

impl Work {
    async fn go_on(mut self) {
        while !*self.stopped.borrow() {
            if let Err(failure) = self.round().await {
                error!(%failure, "finalized tickets are waiting");
            }
            tokio::select! {
                _ = self.stopped.changed() => {}
                () = self.store.deliveries() => {}
                () = tokio::time::sleep(ROUND) => {}
            }
        }
    }

    async fn round(&self) -> std::result::Result<(), StoreError> {
        while !*self.stopped.borrow() {
            let Some(brought) = self.courier.deliver().await? else { return Ok(()) };
            let (ticket, delivery) = (brought.entry.delivery.ticket, brought.entry.delivery.id);
            match brought.outcome {
                Settled::Delivered(_) => info!(%ticket, %delivery, "handed to the workflow"),
                Settled::Again(at, reason) => warn!(%ticket, %delivery, %at, %reason, "the workflow is asked again"),
                Settled::GivenUp(reason) => error!(%ticket, %delivery, %reason, "the workflow never took the ticket"),
            }
        }
        Ok(())
    }
}
