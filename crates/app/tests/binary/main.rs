//! The real binary: started, used, stopped, killed, on each database.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test says what went wrong by ending")]

mod archive;
mod desk;
mod durability;
mod examples;
mod help;
mod mail;
mod postgres;
mod realtime;
mod redis;
mod replicas;
mod settings;
mod shutdown;
mod smtp;
mod webhook;
mod webhooks;
mod workflow;

/// Writes each test once and runs it on both databases; on PostgreSQL only where `TEST_POSTGRES_URL` says there is one
/// (`scripts/postgres` does, and says SKIPPED where there is none).
macro_rules! on_both_databases {
    ($($(#[$note:meta])* async fn $name:ident($home:ident: Home) $body:block)*) => {
        $($(#[$note])* async fn $name($home: $crate::desk::Home) $body)*

        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() { super::$name($crate::desk::Home::on_sqlite()).await; })*
        }

        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                if let Some(home) = $crate::desk::Home::on_postgres().await { super::$name(home).await; }
            })*
        }
    };
}
pub(crate) use on_both_databases;
