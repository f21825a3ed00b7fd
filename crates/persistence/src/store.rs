//! The database: its pools, its pragmas, its migrations.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use helpdesk_domain::kernel::id::OrganizationId;
use helpdesk_domain::kernel::{Clock, Ids, StoreError};
use helpdesk_migrations::Migrator;
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, EntityTrait, QueryFilter, TransactionTrait};
use sea_orm_migration::MigratorTrait;
use sqlx::postgres::PgConnectOptions;
use tokio::sync::{Notify, watch};

use crate::entity::organization;
use crate::fault::fault;
use crate::knowledge::article::Views;
use crate::pool::{postgres, sqlite};
use crate::realtime::Switchboard;
use crate::search::Vocabulary;
use crate::sessions::Sessions;
use crate::sla::Books;
use crate::times::Sandboxes;
use crate::work::Queue;

/// Hears of what this process commits.
#[derive(Debug)]
pub struct News(watch::Receiver<()>);

impl News {
    /// Waits until an event or a mail has been committed since this was last asked.
    pub async fn next(&mut self) {
        if self.0.changed().await.is_err() {
            // The store is gone: nothing will ever be committed.
            std::future::pending::<()>().await;
        }
    }
}

/// What one process does at a time; the numbers are PostgreSQL's to tell them apart.
#[derive(Clone, Copy, Debug)]
pub enum Turn {
    /// Running migrations.
    Migrating = 724_190_365,
    /// Making what a desk begins with.
    Founding = 724_190_366,
}

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
    /// Where commits wait for SQLite's writer.
    pub(crate) queue: Option<Queue>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn Ids>,
    pub(crate) sessions: Sessions,
    pub(crate) vocabulary: Vocabulary,
    /// How often articles were looked at, as far as that is not written yet.
    pub(crate) views: Views,
    /// Wakes who reads the event log or sends mails.
    pub(crate) news: watch::Sender<()>,
    /// Wakes who sends messages to other programs.
    pub(crate) deliveries: Arc<Notify>,
    /// What organizations promise.
    pub(crate) books: Books,
    /// Which organizations are sandboxes.
    pub(crate) sandboxes: Sandboxes,
    /// Wakes who watches the clocks of tickets.
    pub(crate) promised: Arc<Notify>,
    /// How this process, and others of the database, are told of what happens.
    pub(crate) switchboard: Switchboard,
    /// How PostgreSQL is reached.
    pub(crate) postgres: Option<Arc<PgConnectOptions>>,
    organizations: Arc<RwLock<HashMap<OrganizationId, i64>>>,
}

impl Store {
    /// Opens the database, without migrating it. What writes to SQLite runs on the tokio runtime that this is called on.
    pub async fn open(options: &Options, clock: Arc<dyn Clock>, ids: Arc<dyn Ids>) -> Result<Self, StoreError> {
        let is_sqlite = options.url.starts_with("sqlite");
        let opened = if is_sqlite { sqlite(options).await } else { postgres(options).await };
        let (reader, writer) = opened.map_err(|error| StoreError::Unavailable(Box::new(error)))?;
        let mut store = Self {
            reader,
            writer,
            queue: None,
            clock,
            ids,
            sessions: Sessions::default(),
            vocabulary: Vocabulary::default(),
            views: Views::default(),
            news: watch::Sender::new(()),
            deliveries: Arc::default(),
            books: Books::default(),
            sandboxes: Sandboxes::default(),
            promised: Arc::default(),
            switchboard: Switchboard::default(),
            postgres: options.url.parse::<PgConnectOptions>().ok().filter(|_| !is_sqlite).map(Arc::new),
            organizations: Arc::default(),
        };
        store.queue = is_sqlite.then(|| Queue::start(store.clone()));
        Ok(store)
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

    /// Runs the migrations that have not run yet; answers how many those were. Of several replicas that start on one
    /// PostgreSQL, one migrates and the others wait; it takes two connections.
    pub async fn migrate(&self) -> Result<usize, StoreError> {
        self.by_turns(Turn::Migrating, self.migrate_now()).await?
    }

    /// Does it while no other process does the same on one PostgreSQL: of several that start together the others wait.
    pub async fn by_turns<T>(&self, turn: Turn, work: impl Future<Output = T>) -> Result<T, StoreError> {
        if self.backend() != DbBackend::Postgres {
            return Ok(work.await);
        }
        let lock = self.writer.begin().await.map_err(fault)?;
        lock.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({})", turn as i64)).await.map_err(fault)?;
        let done = work.await;
        lock.commit().await.map_err(fault)?;
        Ok(done)
    }

    async fn migrate_now(&self) -> Result<usize, StoreError> {
        let pending = self.pending_migrations().await?;
        Migrator::up(&self.writer, None).await.map_err(fault)?;
        Ok(pending)
    }

    /// How many migrations have not run yet; answers only when the database does.
    pub async fn pending_migrations(&self) -> Result<usize, StoreError> {
        Ok(Migrator::get_pending_migrations(&self.reader).await.map_err(fault)?.len())
    }

    /// Hears of every event and mail that this process commits from now on.
    pub fn news(&self) -> News {
        News(self.news.subscribe())
    }

    /// Wakes who sends messages.
    pub(crate) fn wake_couriers(&self) {
        self.deliveries.notify_one();
    }

    /// Waits until this process has committed a delivery since this was last asked.
    pub async fn deliveries(&self) {
        self.deliveries.notified().await;
    }

    /// Waits until this process has changed what an organization promises, or has heard of another sandbox, since this was
    /// last asked.
    pub async fn promised(&self) {
        self.promised.notified().await;
    }

    /// What the database calls itself.
    pub(crate) fn system(&self) -> &'static str {
        if self.backend() == DbBackend::Postgres { "postgresql" } else { "sqlite" }
    }

    /// How many connections are open, and how many of those have nothing to do.
    pub fn connections(&self) -> (u32, usize) {
        if self.backend() == DbBackend::Postgres {
            let pool = self.reader.get_postgres_connection_pool();
            return (pool.size(), pool.num_idle());
        }
        let (reader, writer) = (self.reader.get_sqlite_connection_pool(), self.writer.get_sqlite_connection_pool());
        (reader.size() + writer.size(), reader.num_idle() + writer.num_idle())
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.reader.ping().await.map_err(fault)
    }

    /// The integer of an organization; remembered, since it never changes.
    pub(crate) async fn organization_serial(&self, id: OrganizationId) -> Result<Option<i64>, StoreError> {
        self.organization_serial_in(&self.reader, id).await.map_err(fault)
    }

    /// As [`Self::organization_serial`], asked on this connection when it is not remembered.
    pub(crate) async fn organization_serial_in<C: ConnectionTrait>(
        &self,
        connection: &C,
        id: OrganizationId,
    ) -> Result<Option<i64>, DbErr> {
        if let Some(serial) = self.organizations.read().ok().and_then(|known| known.get(&id).copied()) {
            return Ok(Some(serial));
        }
        let found = organization::Entity::find().filter(organization::Column::Id.eq(id.0)).one(connection).await?;
        let Some(organization::Model { serial, .. }) = found else { return Ok(None) };
        if let Ok(mut known) = self.organizations.write() {
            known.insert(id, serial);
        }
        Ok(Some(serial))
    }
}
