//! Rules, what they did, and which events they made.

use sea_orm_migration::prelude::*;

/// Rules, what they did, and which events they made.
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

/// A line of a rule's log outlives its ticket, so nothing refers to the ticket's row. What happened before there were rules
/// meets none.
const UP: &str = "
CREATE TABLE rule (
    serial {serial},
    id {uuid} NOT NULL,
    organization BIGINT NOT NULL REFERENCES organization (serial),
    name TEXT NOT NULL,
    name_key {key} NOT NULL,
    description TEXT NOT NULL,
    is_active BOOLEAN NOT NULL,
    position BIGINT NOT NULL,
    trigger_kind {key} NOT NULL,
    begins_with TEXT NOT NULL,
    conditions TEXT NOT NULL,
    actions TEXT NOT NULL,
    active_since BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    revision BIGINT NOT NULL
);
CREATE UNIQUE INDEX rule_id ON rule (id);
CREATE INDEX rule_by_position ON rule (organization, position, serial);
CREATE INDEX rule_by_name ON rule (organization, name_key, serial);
CREATE INDEX rule_by_age ON rule (organization, serial);
CREATE INDEX rule_active ON rule (organization, trigger_kind, position, serial) WHERE is_active;

CREATE TABLE rule_log (
    serial {serial},
    organization BIGINT NOT NULL REFERENCES organization (serial),
    rule BIGINT NOT NULL REFERENCES rule (serial),
    ticket {uuid} NOT NULL,
    event_position BIGINT,
    outcome SMALLINT NOT NULL,
    detail TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX rule_log_by_rule ON rule_log (rule, serial);
CREATE INDEX rule_log_by_age ON rule_log (created_at);

ALTER TABLE event ADD COLUMN origin TEXT;
ALTER TABLE ticket_history ADD COLUMN origin TEXT;

INSERT INTO consumer_position (consumer, organization, position)
    SELECT 'rules', serial, last_event_position FROM organization;
";

const DOWN: &str = "
DELETE FROM consumer_position WHERE consumer = 'rules';
ALTER TABLE ticket_history DROP COLUMN origin;
ALTER TABLE event DROP COLUMN origin;
DROP TABLE rule_log;
DROP TABLE rule;
";
