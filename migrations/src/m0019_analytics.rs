//! What happened to tickets on which day.

use sea_orm_migration::prelude::*;

/// What happened to tickets on which day.
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

/// `answers` and `resolutions` are seconds: `+60+3600-60` is one of 3600. Tickets with numbers up to `days_until` are in it:
/// those that were there before are counted by the program.
const UP: &str = "
CREATE TABLE ticket_day (
    organization BIGINT NOT NULL REFERENCES organization (serial),
    sort SMALLINT NOT NULL,
    day BIGINT NOT NULL,
    value BIGINT NOT NULL,
    created BIGINT NOT NULL,
    ended BIGINT NOT NULL,
    judged BIGINT NOT NULL,
    met BIGINT NOT NULL,
    answers TEXT NOT NULL,
    resolutions TEXT NOT NULL,
    PRIMARY KEY (organization, sort, day, value)
) {compact};

ALTER TABLE organization ADD COLUMN days_until BIGINT NOT NULL DEFAULT 9223372036854775807;
UPDATE organization SET days_until = 0 WHERE last_ticket_number > 0;

CREATE INDEX account_by_making ON account (organization, created_at) WHERE deleted_at IS NULL;
CREATE INDEX account_by_sight ON account (organization, last_active_at) WHERE deleted_at IS NULL;
CREATE INDEX account_by_standing ON account (organization, role, is_approved, is_active) WHERE deleted_at IS NULL;
CREATE INDEX mail_waiting ON mail (organization, created_at, attempts) WHERE due_at IS NOT NULL;
CREATE INDEX delivery_waiting ON delivery (organization, created_at, attempts) WHERE due_at IS NOT NULL;
";

const DOWN: &str = "
DROP INDEX delivery_waiting;
DROP INDEX mail_waiting;
DROP INDEX account_by_standing;
DROP INDEX account_by_sight;
DROP INDEX account_by_making;
ALTER TABLE organization DROP COLUMN days_until;
DROP TABLE ticket_day;
";
