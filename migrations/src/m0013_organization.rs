//! How often an organization has changed.

use sea_orm_migration::prelude::*;

/// How often an organization has changed.
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

const UP: &str = "ALTER TABLE organization ADD COLUMN revision BIGINT NOT NULL DEFAULT 1;";

const DOWN: &str = "ALTER TABLE organization DROP COLUMN revision;";
