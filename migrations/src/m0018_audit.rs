//! The audit log.

use sea_orm_migration::prelude::*;

/// The audit log.
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

/// `subject_id` refers to no row: what was written down outlives what it tells of.
const UP: &str = "
CREATE TABLE audit_entry (
    serial {serial},
    id {uuid} NOT NULL,
    organization BIGINT NOT NULL REFERENCES organization (serial),
    actor BIGINT REFERENCES account (serial),
    action {key} NOT NULL,
    subject_kind TEXT,
    subject_id {uuid},
    details TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX audit_entry_by_age ON audit_entry (organization, created_at, serial);
CREATE INDEX audit_entry_by_action ON audit_entry (organization, action, created_at, serial);
CREATE INDEX audit_entry_by_actor ON audit_entry (actor, created_at, serial) WHERE actor IS NOT NULL;
CREATE INDEX audit_entry_end ON audit_entry (created_at);
";

const DOWN: &str = "
DROP TABLE audit_entry;
";
