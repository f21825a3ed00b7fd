//! The database: its pools, its pragmas, its migrations.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use helpdesk_domain::kernel::id::OrganizationId;
use helpdesk_domain::kernel::{Clock, Ids, StoreError};
use helpdesk_migrations::Migrator;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, DbErr, SqlxPostgresConnector, SqlxSqliteConnector, Statement};
use sea_orm_migration::MigratorTrait;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use crate::fault::fault;

/// How the database is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// `sqlite://PATH` (created when absent) or `postgresql://…`.
    pub url: String,
    /// Connections that read; with PostgreSQL they write too.
    pub connections: u32,
}

/// The database. Implements every port of the domain that keeps something.
///
/// SQLite has one writer: a pool of one connection writes, a pool of readers never waits for it (WAL). What is
/// committed is on the disk (`synchronous=FULL`). PostgreSQL has one pool for both.
#[derive(Clone)]
pub struct Store {
    reader: DatabaseConnection,
    writer: DatabaseConnection,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn Ids>,
    organizations: Arc<RwLock<HashMap<OrganizationId, i64>>>,
}

impl Store {
    /// Opens the database, without migrating it.
    pub async fn open(options: &Options, clock: Arc<dyn Clock>, ids: Arc<dyn Ids>) -> Result<Self, StoreError> {
        let (reader, writer) = if options.url.starts_with("sqlite") { sqlite(options).await } else { postgres(options).await }
            .map_err(|error| StoreError::Unavailable(Box::new(error)))?;
        Ok(Self { reader, writer, clock, ids, organizations: Arc::default() })
    }

    /// The connection for reading.
    pub(crate) fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// The connection for writing.
    pub(crate) fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// Which database it is.
    pub(crate) fn backend(&self) -> DbBackend {
        self.reader.get_database_backend()
    }

    /// Runs the migrations that have not run yet.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        Migrator::up(&self.writer, None).await.map_err(fault)
    }

    /// How many migrations have not run yet; answers only when the database does.
    pub async fn pending_migrations(&self) -> Result<usize, StoreError> {
        Ok(Migrator::get_pending_migrations(&self.reader).await.map_err(fault)?.len())
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.reader.ping().await.map_err(fault)
    }

    /// The integer of an organization; remembered, since it never changes.
    pub(crate) async fn organization_serial(&self, id: OrganizationId) -> Result<Option<i64>, StoreError> {
        if let Some(serial) = self.organizations.read().ok().and_then(|known| known.get(&id).copied()) {
            return Ok(Some(serial));
        }
        let question = Statement::from_sql_and_values(
            self.backend(),
            crate::portable::sql(self.backend(), "SELECT serial FROM organization WHERE id = ?"),
            [id.0.into()],
        );
        let Some(row) = self.reader.query_one_raw(question).await.map_err(fault)? else { return Ok(None) };
        let serial = row.try_get_by_index(0).map_err(fault)?;
        if let Ok(mut known) = self.organizations.write() {
            known.insert(id, serial);
        }
        Ok(Some(serial))
    }
}

async fn sqlite(options: &Options) -> Result<(DatabaseConnection, DatabaseConnection), DbErr> {
    let connect = SqliteConnectOptions::from_str(&options.url)
        .map_err(|error| DbErr::Conn(sea_orm::RuntimeErr::SqlxError(Arc::new(error))))?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .statement_cache_capacity(500)
        .pragma("temp_store", "memory")
        .pragma("cache_size", "-65536")
        .pragma("mmap_size", "1073741824")
        .pragma("journal_size_limit", "67108864");
    let pool = |connections| SqlitePoolOptions::new().max_connections(connections).idle_timeout(None).max_lifetime(None);
    let down = |error| DbErr::Conn(sea_orm::RuntimeErr::SqlxError(Arc::new(error)));
    let writer = pool(1).connect_with(connect.clone()).await.map_err(down)?;
    let reader = pool(options.connections).connect_with(connect).await.map_err(down)?;
    Ok((SqlxSqliteConnector::from_sqlx_sqlite_pool(reader), SqlxSqliteConnector::from_sqlx_sqlite_pool(writer)))
}

async fn postgres(options: &Options) -> Result<(DatabaseConnection, DatabaseConnection), DbErr> {
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
