//! Writes how often articles were looked at.

use std::time::Duration;

use tokio::sync::watch;
use tracing::warn;

use super::Running;
use crate::wire::Installation;

/// As long are views counted in memory only; they are lost when the process dies.
const TOGETHER: Duration = Duration::from_secs(5);

/// Writes the views of articles every five seconds, and the last of them when the server stops.
pub fn write_views(installation: &Installation) -> Running {
    let store = installation.store.clone();
    Running::start(async move |mut stop: watch::Receiver<bool>| {
        loop {
            let is_last = tokio::time::timeout(TOGETHER, stop.changed()).await.is_ok();
            if let Err(failure) = store.write_views().await {
                // they are still counted, and written the next time
                warn!(%failure, "views could not be written");
            }
            if is_last {
                return;
            }
        }
    })
}
