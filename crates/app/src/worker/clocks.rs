//! Watches the clocks of tickets.

use std::time::Duration;

use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::sla::Watch;
use helpdesk_persistence::Store;
use tokio::sync::watch;
use tracing::error;

use super::Running;
use crate::wire::Installation;

/// How often it looks without being woken: for alarms, and for what other replicas promise.
const ROUND: Duration = Duration::from_secs(1);

/// Begins to ring alarms, and to judge tickets anew when what is promised changes.
pub fn watch_clocks(installation: &Installation) -> Running {
    let (store, watch) = (installation.store.clone(), installation.watch());
    Running::start(|stopped| Work { store, watch, stopped }.go_on())
}

struct Work {
    store: Store,
    watch: Watch,
    stopped: watch::Receiver<bool>,
}

impl Work {
    async fn go_on(mut self) {
        while !*self.stopped.borrow() {
            if let Err(failure) = self.round().await {
                error!(%failure, "the clocks of tickets are not watched");
            }
            tokio::select! {
                _ = self.stopped.changed() => {}
                () = self.store.promised() => {}
                () = tokio::time::sleep(ROUND) => {}
            }
        }
    }

    async fn round(&self) -> Result<(), StoreError> {
        // Alarms ring whatever becomes of the judging.
        let judged = self.judge().await;
        while !*self.stopped.borrow() && self.watch.ring().await? {}
        judged
    }

    async fn judge(&self) -> Result<(), StoreError> {
        while !*self.stopped.borrow() && self.watch.judge().await? {}
        Ok(())
    }
}
