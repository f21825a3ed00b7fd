//! What the processes that serve one database share: signals, and rate limits where there is Redis.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::FutureExt;
use helpdesk_domain::realtime::{Heard, Signal};
use helpdesk_http::{Shared, SharedLimits};
use helpdesk_outbound::Redis;
use helpdesk_persistence::Store;
use serde::{Deserialize, Serialize};
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::wire::Installation;

/// Where signals are published.
const CHANNEL: &str = "helpdesk:signals";

/// A signal as it travels.
#[derive(Serialize, Deserialize)]
struct Envelope {
    from: Uuid,
    signal: Signal,
}

/// Carries signals to the other processes and theirs here: through Redis where there is one, else through PostgreSQL.
pub fn relay(installation: &Installation, redis: Option<Arc<Redis>>) -> JoinHandle<()> {
    let store = installation.store.clone();
    let process = installation.ids.next();
    tokio::spawn(async move {
        match (redis, store.relay()) {
            (Some(redis), _) => drop(tokio::join!(bring(&store, &redis, process), fetch(&store, &redis, process))),
            (None, Some(relay)) => relay.run().await,
            (None, None) => {}
        }
    })
}

async fn bring(store: &Store, redis: &Redis, process: Uuid) {
    let mut outgoing = store.outgoing();
    loop {
        let mut together = std::collections::HashSet::from([outgoing.next().await]);
        // Those that are there already travel together, each once.
        while let Some(more) = outgoing.next().now_or_never() {
            together.insert(more);
        }
        for heard in together {
            let Heard::Signal(signal) = heard else { continue };
            if let Ok(letter) = serde_json::to_string(&Envelope { from: process, signal }) {
                redis.publish(CHANNEL, letter).await;
            }
        }
    }
}

async fn fetch(store: &Store, redis: &Redis, process: Uuid) {
    let mut heard = redis.listen(CHANNEL).await;
    loop {
        let Some(letter) = heard.next().await else { continue };
        let Ok(Envelope { from, signal }) = serde_json::from_str(&letter) else { continue };
        if from != process {
            store.hear(signal);
        }
    }
}

/// Limits that all processes count together.
pub struct TogetherLimits(pub Arc<Redis>);

#[async_trait]
impl SharedLimits for TogetherLimits {
    async fn take(&self, key: &str, count: u32, interval: Duration) -> Option<Shared> {
        let taken = self.0.take(&format!("helpdesk:limit:{key}"), count, interval).await?;
        Some(Shared { remaining: taken.remaining, wait: taken.wait })
    }
}
