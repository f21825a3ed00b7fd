//! How connections are opened, and which are used again.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::{DatabaseConnection, DbErr, SqlxPostgresConnector, SqlxSqliteConnector};
use sqlx::Connection;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use crate::Options;

/// Of each connection, in KiB (negative for SQLite). The machine keeps what is read often anyway; a larger one, or a
/// mapped file, was no quicker at a million tickets and took ten times the memory (docs/databases.md).
const CACHE: &str = "-4096";

/// Those that read, and the one that writes.
pub(crate) async fn sqlite(options: &Options) -> Result<(DatabaseConnection, DatabaseConnection), DbErr> {
    let connect = SqliteConnectOptions::from_str(&options.url)
        .map_err(|error| DbErr::Conn(sea_orm::RuntimeErr::SqlxError(Arc::new(error))))?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .statement_cache_capacity(500)
        .pragma("temp_store", "memory")
        .pragma("cache_size", CACHE)
        .pragma("journal_size_limit", "67108864");
    let pool = |connections| {
        let pool = SqlitePoolOptions::new().max_connections(connections).idle_timeout(None).max_lifetime(None);
        pool.test_before_acquire(false).after_release(|connection, _| Box::pin(has_ended(connection)))
    };
    let down = |error| DbErr::Conn(sea_orm::RuntimeErr::SqlxError(Arc::new(error)));
    let writer = pool(1).connect_with(connect.clone()).await.map_err(down)?;
    let reader = pool(options.connections).connect_with(connect).await.map_err(down)?;
    Ok((SqlxSqliteConnector::from_sqlx_sqlite_pool(reader), SqlxSqliteConnector::from_sqlx_sqlite_pool(writer)))
}

/// Whether no transaction is open. One that SQLite gave up by itself, as where the disk is full, is never ended for the driver:
/// all that followed on that connection would be part of it, and never be written. Such a connection is not used again.
async fn has_ended(connection: &mut SqliteConnection) -> sqlx::Result<bool> {
    if connection.is_in_transaction() {
        // one that was dropped is rolled back first
        connection.ping().await?;
    }
    let has_ended = !connection.is_in_transaction();
    if !has_ended {
        tracing::error!("the database gave up a transaction by itself (is the disk full?): its connection is opened anew");
    }
    Ok(has_ended)
}

/// The same pool for both.
pub(crate) async fn postgres(options: &Options) -> Result<(DatabaseConnection, DatabaseConnection), DbErr> {
    let down = |error| DbErr::Conn(sea_orm::RuntimeErr::SqlxError(Arc::new(error)));
    let connect = PgConnectOptions::from_str(&options.url).map_err(down)?.statement_cache_capacity(500);
    let pool = PgPoolOptions::new()
        .max_connections(options.connections)
        .acquire_timeout(Duration::from_secs(10))
        .connect_with(connect)
        .await
        .map_err(down)?;
    let pool = SqlxPostgresConnector::from_sqlx_postgres_pool(pool);
    Ok((pool.clone(), pool))
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectionTrait, TransactionTrait};

    use super::*;
    use crate::sql::Sql;

    #[tokio::test]
    async fn what_follows_a_transaction_that_sqlite_gave_up_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("full.db").display());
        let (reader, writer) = sqlite(&Options { url, connections: 1 }).await.unwrap();
        writer.execute_unprepared("CREATE TABLE thing (content BLOB)").await.unwrap();
        writer.execute_unprepared("PRAGMA max_page_count = 10").await.unwrap();
        let full = writer.begin().await.unwrap();
        assert!(full.execute_unprepared("INSERT INTO thing VALUES (zeroblob(1000000))").await.is_err());
        drop(full.rollback().await);
        for _ in 0..2 {
            let next = writer.begin().await.unwrap();
            next.execute_unprepared("INSERT INTO thing VALUES (zeroblob(10))").await.unwrap();
            next.commit().await.unwrap();
        }
        assert_eq!(Sql::new("SELECT COUNT(*) FROM thing", []).number(&reader).await.unwrap(), 2);
    }
}
