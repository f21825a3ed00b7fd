//! The rest of a name, and people who were not let in.

use sea_orm_migration::prelude::*;

/// The rest of a name, and people who were not let in.
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

/// Nothing refers to a rejection, and it refers to no account: it outlives them.
const UP: &str = "
ALTER TABLE account ADD COLUMN middle_name TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN suffix TEXT NOT NULL DEFAULT '';

CREATE TABLE rejection (
    serial {serial},
    id {uuid} NOT NULL,
    organization BIGINT NOT NULL REFERENCES organization (serial),
    account {uuid} NOT NULL,
    company_number BIGINT NOT NULL,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    email TEXT NOT NULL,
    department TEXT,
    reason TEXT,
    rejected_by {uuid} NOT NULL,
    rejected_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX rejection_id ON rejection (id);
CREATE UNIQUE INDEX rejection_account ON rejection (account);
CREATE INDEX rejection_by_age ON rejection (organization, serial);
";

const DOWN: &str = "
DROP TABLE rejection;
ALTER TABLE account DROP COLUMN suffix;
ALTER TABLE account DROP COLUMN middle_name;
";
