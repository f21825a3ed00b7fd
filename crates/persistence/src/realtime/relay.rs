//! Signals between the processes that serve one PostgreSQL: by `NOTIFY`, after the commit and not in it, since commits
//! that notify wait for each other in the whole cluster.

use std::collections::HashSet;
use std::time::Duration;

use futures_util::FutureExt;
use helpdesk_domain::realtime::{Heard, Signal};
use serde::{Deserialize, Serialize};
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use sqlx::{PgPool, query};
use tracing::{info, warn};
use uuid::Uuid;

use crate::Store;

const CHANNEL: &str = "helpdesk_signals";
/// How long it waits before it tries again. What is lost meanwhile is seen by looking.
const PAUSE: Duration = Duration::from_secs(1);

/// The longest payload that `NOTIFY` takes is a little longer.
const LONGEST: usize = 7_900;

/// A signal as it travels.
#[derive(Serialize, Deserialize)]
struct Envelope {
    from: Uuid,
    signal: Signal,
}

/// Carries signals to the other processes, and theirs here.
pub struct Relay {
    store: Store,
    pool: PgPool,
    process: Uuid,
}

impl Store {
    /// What carries signals between the processes of this database; none where there is one process only.
    pub fn relay(&self) -> Option<Relay> {
        let options = self.postgres.as_deref()?.clone();
        // A signal may be lost with the machine: there is nothing to wait for.
        let options: PgConnectOptions = options.options([("synchronous_commit", "off")]);
        let pool = PgPoolOptions::new().max_connections(2).connect_lazy_with(options);
        Some(Relay { store: self.clone(), pool, process: self.ids.next() })
    }
}

impl Relay {
    /// Goes on until it is dropped; tries again where the database does not answer.
    pub async fn run(self) {
        tokio::join!(self.bring(), self.fetch());
    }

    async fn bring(&self) {
        let mut outgoing = self.store.outgoing();
        loop {
            let mut together = HashSet::from([outgoing.next().await]);
            // Those that are there already travel together, each once.
            while let Some(more) = outgoing.next().now_or_never() {
                together.insert(more);
            }
            let signals =
                together.into_iter().filter_map(|heard| if let Heard::Signal(signal) = heard { Some(signal) } else { None });
            let letters: Vec<String> = signals.filter_map(|signal| self.letter(signal)).collect();
            let sent = query("SELECT pg_notify($1, letter) FROM unnest($2) AS letter").bind(CHANNEL).bind(&letters);
            if let Err(error) = sent.execute(&self.pool).await {
                warn!(%error, "other processes are not told");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }

    fn letter(&self, signal: Signal) -> Option<String> {
        serde_json::to_string(&Envelope { from: self.process, signal }).ok().filter(|letter| letter.len() < LONGEST)
    }

    async fn fetch(&self) {
        loop {
            if let Err(error) = self.listen().await {
                warn!(%error, "other processes are not heard");
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn listen(&self) -> Result<(), sqlx::Error> {
        let mut listener = PgListener::connect_with(&self.pool).await?;
        listener.listen(CHANNEL).await?;
        info!("hears other processes of this database");
        loop {
            let notification = listener.recv().await?;
            let Ok(Envelope { from, signal }) = serde_json::from_str(notification.payload()) else { continue };
            if from != self.process {
                self.store.hear(signal);
            }
        }
    }
}
