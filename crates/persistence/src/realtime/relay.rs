//! Signals between the processes that serve one PostgreSQL: by `NOTIFY`, after the commit and not in it, since commits
//! that notify wait for each other in the whole cluster.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use sqlx::{PgPool, query};
use tracing::{info, warn};

use super::letters::Letters;
use crate::Store;

const CHANNEL: &str = "helpdesk_signals";
/// How long it waits before it tries again. What is lost meanwhile is seen by looking.
const PAUSE: Duration = Duration::from_secs(1);

/// The longest payload that `NOTIFY` takes is a little longer.
const LONGEST: usize = 7_900;

/// Carries signals to the other processes, and theirs here.
pub struct Relay {
    letters: Letters,
    pool: PgPool,
}

impl Store {
    /// What carries signals between the processes of this database; none where there is one process only.
    pub fn relay(&self) -> Option<Relay> {
        let options = self.postgres.as_deref()?.clone();
        // A signal may be lost with the machine: there is nothing to wait for.
        let options: PgConnectOptions = options.options([("synchronous_commit", "off")]);
        let pool = PgPoolOptions::new().max_connections(2).connect_lazy_with(options);
        Some(Relay { letters: self.letters(), pool })
    }
}

impl Relay {
    /// Goes on until it is dropped; tries again where the database does not answer.
    pub async fn run(self) {
        tokio::join!(self.bring(), self.fetch());
    }

    async fn bring(&self) {
        let mut outgoing = self.letters.outgoing();
        loop {
            let mut letters = outgoing.next().await;
            letters.retain(|letter| letter.len() < LONGEST);
            let sent = query("SELECT pg_notify($1, letter) FROM unnest($2) AS letter").bind(CHANNEL).bind(&letters);
            if let Err(error) = sent.execute(&self.pool).await {
                warn!(%error, "other processes are not told");
                tokio::time::sleep(PAUSE).await;
            }
        }
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
            self.letters.open(listener.recv().await?.payload());
        }
    }
}
