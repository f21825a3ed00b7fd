//! The full-text index of tickets, and the vocabulary that prefixes and typos are looked up in.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// The full-text index of tickets, and the vocabulary that prefixes and typos are looked up in.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let own = if manager.get_database_backend() == DbBackend::Postgres { POSTGRES } else { SQLITE };
        super::run(manager, own).await?;
        super::run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, DOWN).await
    }
}

/// `rowid` is the ticket's serial. `scope` holds who may find it: the organization, the requester, the assignee. The
/// beginnings of words are indexed too: else a search for a letter or two would read a good part of the index.
const SQLITE: &str = "
CREATE VIRTUAL TABLE ticket_search USING fts5 (
    scope, public, internal,
    content='', contentless_delete=1, prefix='1 2 3', tokenize='unicode61 remove_diacritics 0'
);
";

/// Both vectors hold the words of the scope too.
const POSTGRES: &str = "
CREATE TABLE ticket_search (
    ticket BIGINT PRIMARY KEY,
    public TSVECTOR NOT NULL,
    everything TSVECTOR NOT NULL
);
CREATE INDEX ticket_search_public ON ticket_search USING GIN (public);
CREATE INDEX ticket_search_everything ON ticket_search USING GIN (everything);
";

const UP: &str = "
CREATE TABLE search_term (
    organization BIGINT NOT NULL REFERENCES organization (serial),
    term {key} NOT NULL,
    PRIMARY KEY (organization, term)
) {compact};

CREATE TABLE search_form (
    organization BIGINT NOT NULL REFERENCES organization (serial),
    form {key} NOT NULL,
    term {key} NOT NULL,
    PRIMARY KEY (organization, form, term)
) {compact};
";

const DOWN: &str = "
DROP TABLE search_form;
DROP TABLE search_term;
DROP TABLE ticket_search;
";
