//! Saved filters.

use sea_orm_migration::prelude::*;

/// Saved filters.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, DOWN).await
    }
}

/// `private_to` is 0 where a filter is public, else its author: each order's index begins with who sees it.
const UP: &str = "
CREATE TABLE saved_filter (
    serial {serial},
    id {uuid} NOT NULL,
    organization BIGINT NOT NULL REFERENCES organization (serial),
    private_to BIGINT NOT NULL,
    name TEXT NOT NULL,
    name_key {key} NOT NULL,
    params TEXT NOT NULL,
    dialect TEXT NOT NULL,
    created_by BIGINT NOT NULL REFERENCES account (serial),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    revision BIGINT NOT NULL
);
CREATE UNIQUE INDEX saved_filter_id ON saved_filter (id);
CREATE INDEX saved_filter_by_name ON saved_filter (organization, private_to, name_key, serial);
CREATE INDEX saved_filter_by_age ON saved_filter (organization, private_to, serial);
CREATE INDEX saved_filter_by_change ON saved_filter (organization, private_to, updated_at, serial);
CREATE INDEX saved_filter_by_author ON saved_filter (created_by);
";

const DOWN: &str = "
DROP TABLE saved_filter;
";
