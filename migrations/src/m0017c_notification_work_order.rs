//! Notifications of work orders.

use sea_orm_migration::prelude::*;

/// Notifications of work orders.
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
ALTER TABLE notification ADD COLUMN work_order {uuid};
";

const DOWN: &str = "
ALTER TABLE notification DROP COLUMN work_order;
";
