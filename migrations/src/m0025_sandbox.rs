//! Sandboxes, and how far their times are ahead.

use sea_orm_migration::prelude::*;

/// Sandboxes, and how far their times are ahead.
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

/// `clock_ahead` is microseconds; none where an organization lives in real time. Each has a time of its own, so that alarms
/// are looked for by organization.
const UP: &str = "
ALTER TABLE organization ADD COLUMN clock_ahead BIGINT;
CREATE INDEX organization_sandbox ON organization (serial) WHERE clock_ahead IS NOT NULL;
DROP INDEX ticket_alarm;
CREATE INDEX ticket_alarm ON ticket (organization, alarm_at) WHERE alarm_at IS NOT NULL;
";

const DOWN: &str = "
DROP INDEX ticket_alarm;
CREATE INDEX ticket_alarm ON ticket (alarm_at) WHERE alarm_at IS NOT NULL;
DROP INDEX organization_sandbox;
ALTER TABLE organization DROP COLUMN clock_ahead;
";
