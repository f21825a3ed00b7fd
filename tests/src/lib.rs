//! What the tests of the whole share: a fresh database of each kind for every test, bare or with a server in front.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a harness that cannot set up a test fails it")]

pub mod office;
pub mod statements;
pub mod story;

use std::future::Future;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::panic::AssertUnwindSafe;
use std::str::FromStr;
use std::sync::Arc;

use async_trait::async_trait;
use futures_util::FutureExt;
use helpdesk_domain::testing::{FixedClock, SequentialIds};
use helpdesk_persistence::{Options, Store};
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Executor};

/// Where the tests' PostgreSQL is: the URL of somebody who may create databases. `scripts/postgres` sets it.
const POSTGRES: &str = "TEST_POSTGRES_URL";

/// Makes two tests of each function: the same body on SQLite and on PostgreSQL.
#[macro_export]
macro_rules! on_both_backends {
    ($($(#[$attribute:meta])* async fn $name:ident($($stage:ident)+: $Stage:ty) $body:block)+) => {$(
        mod $name {
            use super::*;

            $(#[$attribute])*
            async fn body($($stage)+: $Stage) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                $crate::on_sqlite(body).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                $crate::on_postgres(body).await;
            }
        }
    )+};
}

/// What a test plays on: something over a fresh database.
#[async_trait(?Send)]
pub trait Stage {
    /// Sets it up over an empty store.
    async fn set(url: String, store: Store) -> Self;
}

#[async_trait(?Send)]
impl Stage for Store {
    async fn set(_: String, store: Store) -> Self {
        store
    }
}

tokio::task_local! {
    static CLOCK: Arc<FixedClock>;
}

/// The clock of the running test's store; it stands until it is set.
pub fn clock() -> Arc<FixedClock> {
    CLOCK.get()
}

/// Runs a test on a SQLite file of its own.
pub async fn on_sqlite<S: Stage, F: Future<Output = ()>>(test: impl FnOnce(S) -> F) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite://{}", folder.path().join("test.db").display());
    run(url, test).await;
}

/// Runs a test on a PostgreSQL database of its own, or says that it is skipped.
pub async fn on_postgres<S: Stage, F: Future<Output = ()>>(test: impl FnOnce(S) -> F) {
    let Ok(admin) = std::env::var(POSTGRES) else {
        eprintln!("SKIPPED: no PostgreSQL");
        return;
    };
    let admin = PgConnectOptions::from_str(&admin).expect("a PostgreSQL URL");
    let name = format!("helpdesk_{:016x}", fresh());
    administer(&admin, &format!("CREATE DATABASE {name}")).await;
    let url = admin.clone().database(&name).to_url_lossy().to_string();
    // Caught, so that the database goes even when the test fails.
    let done = AssertUnwindSafe(run(url, test)).catch_unwind().await;
    administer(&admin, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
    if let Err(failure) = done {
        std::panic::resume_unwind(failure);
    }
}

async fn run<S: Stage, F: Future<Output = ()>>(url: String, test: impl FnOnce(S) -> F) {
    let clock = Arc::new(FixedClock::default());
    let options = Options { url: url.clone(), connections: 8 };
    let store = Store::open(&options, clock.clone(), Arc::new(SequentialIds::default())).await.expect("the database opens");
    store.migrate().await.expect("the migrations run");
    CLOCK.scope(clock, async { test(S::set(url, store).await).await }).await;
}

async fn administer(admin: &PgConnectOptions, statement: &str) {
    let mut connection = admin.connect().await.expect("PostgreSQL answers");
    connection.execute(AssertSqlSafe(statement)).await.expect("the administrator may create databases");
}

/// A number that no other test has.
fn fresh() -> u64 {
    RandomState::new().build_hasher().finish()
}
