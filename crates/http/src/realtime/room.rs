//! One organization's events, on their way to everybody who is connected.

use std::sync::{Arc, Mutex};

use helpdesk_domain::kernel::id::OrganizationId;
use helpdesk_domain::kernel::{Clock, StoreError};
use helpdesk_domain::realtime::LiveFeed;
use tokio::sync::broadcast::{self, Receiver, Sender};

use super::locked;
use super::push::Push;

/// As many events are kept for connections that are busy; who misses some reads them from the log.
const KEPT: usize = 256;
/// As many events are read at once.
const PART: u64 = 200;

/// One organization's events. There while somebody is connected.
pub(super) struct Room {
    pub organization: OrganizationId,
    pushes: Sender<Arc<Push>>,
    /// The last position that was told.
    told: Mutex<i64>,
    /// One reads, so that each event is told once.
    reading: tokio::sync::Mutex<()>,
}

impl Room {
    /// Tells what comes behind that position.
    pub fn new(organization: OrganizationId, position: i64) -> Self {
        Self {
            organization,
            pushes: broadcast::channel(KEPT).0,
            told: Mutex::new(position),
            reading: tokio::sync::Mutex::default(),
        }
    }

    /// What is told from now on, and the position behind which that begins.
    pub fn enter(&self) -> (Receiver<Arc<Push>>, i64) {
        let told = locked(&self.told);
        (self.pushes.subscribe(), *told)
    }

    /// The last position that was told.
    pub fn position(&self) -> i64 {
        *locked(&self.told)
    }

    /// Tells what the log has grown by.
    pub async fn read_on(&self, feed: &LiveFeed, clock: &dyn Clock) -> Result<(), StoreError> {
        let _reading = self.reading.lock().await;
        loop {
            let events = feed.after(self.organization, self.position(), PART).await?;
            let Some(last) = events.last() else { return Ok(()) };
            let lag = (clock.now() - last.recorded.event.at).to_std().unwrap_or_default();
            metrics::histogram!("realtime_lag_seconds").record(lag.as_secs_f64());
            let mut told = locked(&self.told);
            for event in events {
                *told = event.recorded.position;
                // Nobody listens when the last connection has just gone.
                let _ = self.pushes.send(Arc::new(Push::new(event)));
            }
        }
    }
}
