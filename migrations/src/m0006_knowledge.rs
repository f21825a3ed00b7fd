//! Questions that are often asked, and their full-text index.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// Questions that are often asked, and their full-text index.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let own = if manager.get_database_backend() == DbBackend::Postgres { POSTGRES } else { SQLITE };
        super::run(manager, UP).await?;
        super::run(manager, own).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, DOWN).await
    }
}

/// The index by category alone answers whether any question still has it.
const UP: &str = "
CREATE TABLE faq (
    serial {serial},
    id {uuid} NOT NULL,
    organization BIGINT NOT NULL REFERENCES organization (serial),
    category BIGINT NOT NULL REFERENCES category (serial),
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    tags TEXT NOT NULL,
    display_order INTEGER NOT NULL,
    is_active BOOLEAN NOT NULL,
    created_by BIGINT NOT NULL REFERENCES account (serial),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    revision BIGINT NOT NULL
);
CREATE UNIQUE INDEX faq_id ON faq (id);
CREATE INDEX faq_by_place ON faq (organization, category, display_order, serial);
CREATE INDEX faq_by_category ON faq (category);
";

/// `rowid` is the question's serial; `scope` holds the organization.
const SQLITE: &str = "
CREATE VIRTUAL TABLE faq_search USING fts5 (
    scope, question, rest,
    content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0'
);
";

/// Both vectors hold the word of the organization too.
const POSTGRES: &str = "
CREATE TABLE faq_search (
    faq BIGINT PRIMARY KEY,
    question TSVECTOR NOT NULL,
    everything TSVECTOR NOT NULL
);
CREATE INDEX faq_search_question ON faq_search USING GIN (question);
CREATE INDEX faq_search_everything ON faq_search USING GIN (everything);
";

const DOWN: &str = "
DROP TABLE faq_search;
DROP TABLE faq;
";
