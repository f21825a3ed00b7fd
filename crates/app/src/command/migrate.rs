//! `helpdesk migrate` and `helpdesk reindex`

use helpdesk_persistence::Store;
use tracing::info;

use super::progress;
use crate::failure::Result;
use crate::settings::Settings;
use crate::wire::Installation;

/// Runs pending migrations.
pub async fn migrate(settings: &Settings) -> Result<()> {
    let installation = Installation::open(settings).await?;
    let run = update(&installation.store).await?;
    println!("{run} migrations run; the database is up to date.");
    Ok(())
}

/// Fills the search index anew.
pub async fn reindex(settings: &Settings) -> Result<()> {
    let installation = Installation::open(settings).await?;
    update(&installation.store).await?;
    fill(&installation.store).await?;
    println!("Tickets, work orders, articles and questions are in the search index.");
    Ok(())
}

/// Runs pending migrations, and fills the search index where one of them has emptied it; answers how many have run.
pub async fn update(store: &Store) -> Result<usize> {
    let run = store.migrate().await?;
    if store.is_unindexed().await? {
        info!("the search index is made anew");
        fill(store).await?;
    }
    Ok(run)
}

/// Fills the search indexes. Tickets come last: by the newest of them an interrupted round is seen.
pub async fn fill(store: &Store) -> Result<()> {
    store.reindex_knowledge().await?;
    let bar = progress(store.count_work_orders().await?, "work orders");
    store.reindex_work_orders(|count| bar.inc(count)).await?;
    bar.finish_and_clear();
    let bar = progress(store.count_tickets().await?, "tickets");
    store.reindex(|count| bar.inc(count)).await?;
    bar.finish_and_clear();
    Ok(())
}
