//! Counts tickets by the day where that has to begin again: after a change of time zone, and after an upgrade.

use std::time::Duration;

use helpdesk_persistence::Store;
use tokio::sync::watch;
use tracing::{error, info};

use super::Running;
use super::round::round;

/// How often it looks for something to count.
const ROUND: Duration = Duration::from_secs(10);

/// Begins to count what is not counted yet.
pub fn count_days(store: Store) -> Running {
    Running::start(|stopped| go_on(store, stopped))
}

async fn go_on(store: Store, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        let mut batches = 0_u32;
        loop {
            match round("count days", |more| *more, store.count_days()).await {
                Ok(true) if !*stopped.borrow() => batches += 1,
                Ok(_) => break,
                Err(failure) => {
                    error!(%failure, "tickets are not counted by the day");
                    break;
                }
            }
        }
        if batches > 0 {
            info!(batches, "tickets counted by the day");
        }
        tokio::select! {
            _ = stopped.changed() => {}
            () = tokio::time::sleep(ROUND) => {}
        }
    }
}
