//! How many accounts there are of which sort.

use sea_orm_migration::prelude::*;

/// How many accounts there are of which sort.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, UP).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::run(manager, "DROP TABLE account_tally").await
    }
}

/// Deleted accounts are not counted.
const UP: &str = "
CREATE TABLE account_tally (
    organization BIGINT NOT NULL REFERENCES organization (serial),
    role TEXT NOT NULL,
    is_active BOOLEAN NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (organization, role, is_active)
) {compact};
INSERT INTO account_tally (organization, role, is_active, n)
    SELECT organization, role, is_active, COUNT(*) FROM account WHERE deleted_at IS NULL GROUP BY organization, role, is_active;
";
