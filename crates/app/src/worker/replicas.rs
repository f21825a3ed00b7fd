//! What the processes that serve one database share: signals, and rate limits where there is Redis.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use helpdesk_http::{Shared, SharedLimits};
use helpdesk_outbound::Redis;
use helpdesk_persistence::{Letters, Outgoing};
use tokio::task::JoinHandle;

use crate::wire::Installation;

/// Where signals are published.
const CHANNEL: &str = "helpdesk:signals";

/// Carries signals to the other processes and theirs here: through Redis where there is one, else through PostgreSQL.
pub fn relay(installation: &Installation, redis: Option<Arc<Redis>>) -> JoinHandle<()> {
    let store = installation.store.clone();
    tokio::spawn(async move {
        match (redis, store.relay()) {
            (Some(redis), _) => {
                let letters = store.letters();
                tokio::join!(bring(letters.outgoing(), &redis), fetch(&letters, &redis));
            }
            (None, Some(relay)) => relay.run().await,
            (None, None) => {}
        }
    })
}

async fn bring(mut outgoing: Outgoing, redis: &Redis) {
    loop {
        for letter in outgoing.next().await {
            redis.publish(CHANNEL, letter).await;
        }
    }
}

async fn fetch(letters: &Letters, redis: &Redis) {
    let mut heard = redis.listen(CHANNEL).await;
    loop {
        if let Some(letter) = heard.next().await {
            letters.open(&letter);
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
