//! Given deadlines pass while their tickets wait for others; messages to webhooks are counted apart from those to the workflow.

use sea_orm_migration::prelude::*;

/// Given deadlines pass while their tickets wait for others; messages to webhooks are counted apart from those to the workflow.
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

/// A ticket that is behind every version is judged anew in the background.
const UP: &str = "
UPDATE ticket SET sla_version = 0 WHERE due_override IS NOT NULL AND sla_phase IN (1, 4);
DROP INDEX delivery_waiting;
CREATE INDEX delivery_waiting ON delivery (organization, created_at, attempts) WHERE pending AND webhook = 0;
CREATE INDEX delivery_waiting_webhook ON delivery (organization, created_at, attempts) WHERE pending AND webhook > 0;
";

const DOWN: &str = "
DROP INDEX delivery_waiting_webhook;
DROP INDEX delivery_waiting;
CREATE INDEX delivery_waiting ON delivery (organization, created_at, attempts) WHERE due_at IS NOT NULL;
";
