//! The words of tickets' texts, each behind the code of its organization (SQLite).

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// The words of tickets' texts, each behind the code of its organization (SQLite).
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        remake(manager, CODED).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        remake(manager, PLAIN).await
    }
}

/// The index begins empty; the store fills it after the migrations where there are tickets.
async fn remake(manager: &SchemaManager<'_>, script: &str) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Postgres { Ok(()) } else { super::run(manager, script).await }
}

/// `rowid` is the ticket's serial; `scope` holds the requester and the assignee. The code has eight letters: `prefix`
/// indexes beginnings of one, two and three letters behind it.
const CODED: &str = "
DROP TABLE ticket_search;
CREATE VIRTUAL TABLE ticket_search USING fts5 (
    scope, public, internal,
    content='', contentless_delete=1, prefix='9 10 11', tokenize='unicode61 remove_diacritics 0'
);
";

const PLAIN: &str = "
DROP TABLE ticket_search;
CREATE VIRTUAL TABLE ticket_search USING fts5 (
    scope, public, internal,
    content='', contentless_delete=1, prefix='1 2 3', tokenize='unicode61 remove_diacritics 0'
);
";
