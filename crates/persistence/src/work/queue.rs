//! SQLite has one writer: a task that owns the writing. Commits that wait together share one transaction, and so one
//! wait for the disk; each has its own savepoint, so that a refusal concerns nobody else.

use std::mem::take;
use std::panic::AssertUnwindSafe;

use futures_util::FutureExt;
use helpdesk_domain::kernel::StoreError;
use sea_orm::{DatabaseTransaction, DbErr, SqliteTransactionMode, TransactionOptions, TransactionTrait};
use tokio::sync::{mpsc, oneshot};

use super::index::Findable;
use super::writing::perform;
use super::{Aftermath, Refused, Task};
use crate::Store;

/// As many commits may wait; more wait to be allowed to.
const PLACES: usize = 1024;

/// As many commits share a transaction at most: the first of them waits for the last.
const MOST_TOGETHER: usize = 64;

/// Where commits wait for the writer.
#[derive(Clone, Debug)]
pub(crate) struct Queue(mpsc::Sender<Waiting>);

#[derive(Debug)]
struct Waiting {
    task: Task,
    answer: oneshot::Sender<Result<(), StoreError>>,
}

/// What became of a task, to be answered when the transaction is durable. A refusal waits too: whoever decides again
/// on fresh data must find what they were refused for.
struct Settled {
    outcome: Result<Aftermath, Refused>,
    answer: oneshot::Sender<Result<(), StoreError>>,
}

impl Queue {
    /// Starts the writer. It ends when the last queue to it is gone.
    pub(crate) fn start(store: Store) -> Self {
        let (sender, waiting) = mpsc::channel(PLACES);
        tokio::spawn(write_all(store, waiting));
        Self(sender)
    }

    pub(super) async fn submit(&self, task: Task) -> Result<(), StoreError> {
        let (answer, answered) = oneshot::channel();
        self.0.send(Waiting { task, answer }).await.map_err(gone)?;
        answered.await.map_err(gone)?
    }
}

fn gone(error: impl std::error::Error + Send + Sync + 'static) -> StoreError {
    StoreError::Unavailable(Box::new(error))
}

async fn write_all(store: Store, mut waiting: mpsc::Receiver<Waiting>) {
    while let Some(first) = waiting.recv().await {
        let mut settled = Vec::new();
        // One commit that panics must not end all writing.
        let done = AssertUnwindSafe(write_together(&store, first, &mut waiting, &mut settled)).catch_unwind().await;
        let lost = done.unwrap_or_else(|_| Err(DbErr::Custom("the writer panicked".to_owned()))).err();
        if let Some(error) = &lost {
            tracing::error!(%error, commits = settled.len(), "a transaction was lost");
        }
        for Settled { outcome, answer } in settled {
            let told = match (&lost, outcome) {
                (Some(error), _) => Err(StoreError::Unavailable(error.to_string().into())),
                (None, Ok(aftermath)) => {
                    store.after(aftermath);
                    Ok(())
                }
                (None, Err(refused)) => Err(refused.into()),
            };
            // Nobody listens when the client has gone; what was written stands.
            let _ = answer.send(told);
        }
    }
}

/// Writes the first, and whoever comes while it is being written, and waits for the disk once. Fails when all is lost.
async fn write_together(
    store: &Store,
    first: Waiting,
    waiting: &mut mpsc::Receiver<Waiting>,
    settled: &mut Vec<Settled>,
) -> Result<(), DbErr> {
    let options = TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
    let transaction = match store.writer().begin_with_options(options).await {
        Ok(transaction) => transaction,
        Err(error) => {
            let refused = Err(Refused::Database(error));
            settled.push(Settled { outcome: refused, answer: first.answer });
            return Ok(());
        }
    };
    let mut next = Some(first);
    while let Some(Waiting { task, answer }) = next {
        let (outcome, kept) = write_one(store, &transaction, &task).await;
        settled.push(Settled { outcome, answer });
        kept?;
        next = if settled.len() < MOST_TOGETHER { waiting.try_recv().ok() } else { None };
    }
    index(store, &transaction, settled).await?;
    transaction.commit().await
}

/// Indexes the tickets of all of them, each once.
async fn index(store: &Store, transaction: &DatabaseTransaction, settled: &mut [Settled]) -> Result<(), DbErr> {
    let mut findable = Findable::default();
    for aftermath in settled.iter_mut().filter_map(|settled| settled.outcome.as_mut().ok()) {
        findable.then(take(&mut aftermath.findable));
    }
    let words = findable.index(store, transaction).await?;
    if let Some(aftermath) = settled.iter_mut().find_map(|settled| settled.outcome.as_mut().ok()) {
        aftermath.words = take(&mut aftermath.words).and(words);
    }
    Ok(())
}

/// Writes one commit, or nothing of it; also answers whether the whole transaction still stands.
async fn write_one(
    store: &Store,
    transaction: &DatabaseTransaction,
    task: &Task,
) -> (Result<Aftermath, Refused>, Result<(), DbErr>) {
    let savepoint = match transaction.begin().await {
        Ok(savepoint) => savepoint,
        Err(error) => return (Ok(Aftermath::default()), Err(error)),
    };
    let outcome = perform(store, &savepoint, task).await;
    let kept = if outcome.is_ok() { savepoint.commit().await } else { savepoint.rollback().await };
    (outcome, kept)
}
