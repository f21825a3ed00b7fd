//! Keys for programs.

use sea_orm_migration::prelude::*;

/// Keys for programs.
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
CREATE TABLE api_key (
    serial {serial},
    id {uuid} NOT NULL,
    organization BIGINT NOT NULL REFERENCES organization (serial),
    account BIGINT NOT NULL REFERENCES account (serial),
    name TEXT NOT NULL,
    prefix TEXT NOT NULL,
    digest {bytes} NOT NULL,
    scopes TEXT NOT NULL,
    audience TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    last_used_at BIGINT
);
CREATE UNIQUE INDEX api_key_id ON api_key (id);
CREATE UNIQUE INDEX api_key_digest ON api_key (digest);
CREATE INDEX api_key_by_age ON api_key (organization, serial);
CREATE INDEX api_key_by_account ON api_key (account, serial);
";

const DOWN: &str = "DROP TABLE api_key;";
