//! The event log, and the idempotency keys that commits have spent.

use sea_orm_migration::prelude::*;

/// The event log, and the idempotency keys that commits have spent.
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

const UP: &str = "
CREATE TABLE event (
    organization BIGINT NOT NULL REFERENCES organization (serial),
    position BIGINT NOT NULL,
    id {uuid} NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id {uuid} NOT NULL,
    actor_id {uuid},
    actor_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    payload TEXT NOT NULL,
    PRIMARY KEY (organization, position)
) {compact};

CREATE TABLE idempotency_key (
    account_id {uuid} NOT NULL,
    scope TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    outcome_kind TEXT,
    outcome_id {uuid},
    outcome_parent {uuid},
    outcome_created BOOLEAN,
    status INTEGER,
    content_type TEXT,
    body {bytes},
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, scope, key)
);
CREATE INDEX idempotency_key_by_age ON idempotency_key (created_at);
";

const DOWN: &str = "
DROP TABLE idempotency_key;
DROP TABLE event;
";
