//! Watches the clocks of tickets, and lets happen what is due in sandboxes.

use std::time::{Duration, Instant};

use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::sandbox::Sandboxes;
use helpdesk_domain::sla::Watch;
use helpdesk_persistence::Store;
use tokio::sync::watch;
use tracing::error;

use super::Running;
use super::round::round;
use crate::wire::Installation;

/// How often it looks without being woken: for alarms, and for what other replicas promise.
const ROUND: Duration = Duration::from_secs(1);

/// For so long sandboxes keep everybody's alarms waiting.
const PATIENCE: Duration = Duration::from_secs(1);

/// Begins to ring alarms, and to judge tickets anew when what is promised changes.
pub fn watch_clocks(installation: &Installation) -> Running {
    let (store, watch, sandboxes) = (installation.store.clone(), installation.watch(), installation.sandboxes());
    Running::start(|stopped| Work { store, watch, sandboxes, stopped }.go_on())
}

struct Work {
    store: Store,
    watch: Watch,
    sandboxes: Sandboxes,
    stopped: watch::Receiver<bool>,
}

impl Work {
    async fn go_on(mut self) {
        let mut turn = 0_usize;
        while !*self.stopped.borrow() {
            let is_all = self.round(turn).await.unwrap_or_else(|failure| {
                error!(%failure, "the clocks of tickets are not watched");
                true
            });
            turn = turn.wrapping_add(1);
            if !is_all {
                continue;
            }
            tokio::select! {
                _ = self.stopped.changed() => {}
                () = self.store.promised() => {}
                () = tokio::time::sleep(ROUND) => {}
            }
        }
    }

    /// Whatever becomes of one of the three, the others go on. Sandboxes come first: by them this process learns which they
    /// are. Answers whether all has happened that was due in them.
    async fn round(&self, turn: usize) -> Result<bool, StoreError> {
        let began = Instant::now();
        let is_enough = || *self.stopped.borrow() || began.elapsed() > PATIENCE;
        let passed = self.sandboxes.pass(turn, &is_enough).await;
        let (judged, rung) = (self.judge().await, self.ring().await);
        judged.and(rung).and(passed)
    }

    async fn ring(&self) -> Result<(), StoreError> {
        while !*self.stopped.borrow() && round("ring alarms", |more| *more, self.watch.ring()).await? {}
        Ok(())
    }

    async fn judge(&self) -> Result<(), StoreError> {
        while !*self.stopped.borrow() && round("judge tickets", |more| *more, self.watch.judge()).await? {}
        Ok(())
    }
}
