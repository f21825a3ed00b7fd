//! When a person was erased.

use sea_orm_migration::prelude::*;

/// When a person was erased.
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

const UP: &str = "ALTER TABLE account ADD COLUMN erased_at BIGINT;";

const DOWN: &str = "ALTER TABLE account DROP COLUMN erased_at;";
