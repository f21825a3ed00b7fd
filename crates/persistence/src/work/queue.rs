//! SQLite has one writer: a task that owns the writing. Commits that wait together share one transaction, and so one
//! wait for the disk; each has its own savepoint, so that a refusal concerns nobody else.

use helpdesk_domain::kernel::StoreError;
use sea_orm::{DatabaseTransaction, DbErr, SqliteTransactionMode, TransactionOptions, TransactionTrait};
use tokio::sync::{mpsc, oneshot};

use super::writing::perform;
use super::{Aftermath, Refused, Task};
use crate::Store;
use crate::fault::fault;

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

/// Written, not yet durable.
struct Written {
    aftermath: Aftermath,
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
        let mut written = Vec::new();
        match write_together(&store, first, &mut waiting, &mut written).await {
            Ok(()) => written.into_iter().for_each(|Written { aftermath, answer }| {
                store.after(aftermath);
                // Nobody listens when the client has gone; the write stands.
                let _ = answer.send(Ok(()));
            }),
            Err(error) => refuse_all(written, &error),
        }
    }
}

/// Writes the first, and whoever comes while it is being written, and waits for the disk once.
async fn write_together(
    store: &Store,
    first: Waiting,
    waiting: &mut mpsc::Receiver<Waiting>,
    written: &mut Vec<Written>,
) -> Result<(), DbErr> {
    let options = TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
    let transaction = match store.writer().begin_with_options(options).await {
        Ok(transaction) => transaction,
        Err(error) => {
            let _ = first.answer.send(Err(fault(error)));
            return Ok(());
        }
    };
    let mut next = Some(first);
    while let Some(one) = next {
        write_one(store, &transaction, one, written).await?;
        next = if written.len() < MOST_TOGETHER { waiting.try_recv().ok() } else { None };
    }
    if written.is_empty() { transaction.rollback().await } else { transaction.commit().await }
}

/// Fails only when the whole transaction is lost.
async fn write_one(
    store: &Store,
    transaction: &DatabaseTransaction,
    waiting: Waiting,
    written: &mut Vec<Written>,
) -> Result<(), DbErr> {
    let Waiting { task, answer } = waiting;
    let savepoint = transaction.begin().await?;
    match perform(store, &savepoint, &task).await {
        Ok(aftermath) => {
            savepoint.commit().await?;
            written.push(Written { aftermath, answer });
        }
        Err(refused) => {
            let undone = savepoint.rollback().await;
            let _ = answer.send(Err(refused.into()));
            undone?;
        }
    }
    Ok(())
}

fn refuse_all(written: Vec<Written>, error: &DbErr) {
    tracing::error!(%error, commits = written.len(), "a transaction was lost");
    for Written { aftermath: _, answer } in written {
        let lost = Refused::Database(DbErr::Custom(error.to_string()));
        let _ = answer.send(Err(StoreError::Unavailable(Box::new(std::io::Error::other(format!("{lost:?}"))))));
    }
}
