//! The SQLite database as one file.

use std::path::Path;

use helpdesk_domain::kernel::StoreError;
use sea_orm::{DbBackend, SqlxSqliteConnector};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

use crate::Store;
use crate::fault::fault;
use crate::sql::Sql;

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Examined {
    /// How many organizations.
    pub organizations: i64,
    /// How many tickets.
    pub tickets: i64,
    /// How many migrations have run.
    pub migrations: i64,
    /// What is wrong with it.
    pub damage: Vec<String>,
}

impl Store {
    /// Writes the database, as of one moment, into a file that MUST NOT be there; others go on meanwhile. SQLite only.
    pub async fn back_up(&self, file: &Path) -> Result<(), StoreError> {
        if self.backend() != DbBackend::Sqlite {
            return Err(StoreError::Bug("only SQLite is backed up as a file".into()));
        }
        let path = file.display().to_string();
        Sql::new("VACUUM INTO ?", [path.into()]).execute(self.reader()).await.map_err(fault)
    }
}

/// Looks a file through, without changing it.
pub async fn examine(file: &Path) -> Result<Examined, StoreError> {
    let options = SqliteConnectOptions::new().filename(file).read_only(true).immutable(true);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await;
    let pool = pool.map_err(|error| StoreError::Unavailable(Box::new(error)))?;
    let connection = SqlxSqliteConnector::from_sqlx_sqlite_pool(pool);
    let damage = Sql::new("SELECT integrity_check FROM pragma_integrity_check", []).column::<String>(&connection);
    let mut damage = damage.await.map_err(fault)?;
    damage.retain(|sentence| sentence != "ok");
    let dangling = "SELECT DISTINCT 'a reference of ' || \"table\" || ' leads nowhere' FROM pragma_foreign_key_check";
    damage.extend(Sql::new(dangling, []).column::<String>(&connection).await.map_err(fault)?);
    let count =
        async |table: &str| Sql::new(format!("SELECT COUNT(*) FROM {table}"), []).number(&connection).await.map_err(fault);
    let organizations = count("organization").await?;
    Ok(Examined { organizations, tickets: count("ticket").await?, migrations: count("seaql_migrations").await?, damage })
}
