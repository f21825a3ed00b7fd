//! PostgreSQL: one transaction for each commit.

use std::mem::take;

use helpdesk_domain::kernel::StoreError;
use sea_orm::TransactionTrait;

use super::writing::perform;
use super::{Refused, Task};
use crate::Store;
use crate::fault::lost_race;

/// How often a transaction runs that PostgreSQL gives up for the sake of another.
const ATTEMPTS: usize = 4;

/// In a task of its own, so that it goes on to its end when the client goes away.
pub(super) async fn submit(store: Store, task: Task) -> Result<(), StoreError> {
    let done = tokio::spawn(async move { run(&store, &task).await }).await;
    done.map_err(|error| StoreError::Bug(Box::new(error)))?
}

async fn run(store: &Store, task: &Task) -> Result<(), StoreError> {
    for _ in 1..ATTEMPTS {
        match run_once(store, task).await {
            Err(Refused::Database(error)) if lost_race(&error) => {}
            done => return Ok(done?),
        }
    }
    Ok(run_once(store, task).await?)
}

async fn run_once(store: &Store, task: &Task) -> Result<(), Refused> {
    let transaction = store.writer().begin().await?;
    let mut aftermath = perform(store, &transaction, task).await?;
    let words = take(&mut aftermath.findable).index(store, &transaction).await?;
    aftermath.words = take(&mut aftermath.words).and(words);
    transaction.commit().await?;
    store.after(aftermath);
    Ok(())
}
