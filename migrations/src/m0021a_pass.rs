//! Passes to open a connection with.

use sea_orm_migration::prelude::*;

/// Passes to open a connection with.
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

/// A pass is gone once it was used.
const UP: &str = "
CREATE TABLE pass (
    digest {bytes} NOT NULL PRIMARY KEY,
    session {uuid} NOT NULL,
    expires_at BIGINT NOT NULL
) {compact};
CREATE INDEX pass_end ON pass (expires_at);
";

const DOWN: &str = "
DROP TABLE pass;
";
