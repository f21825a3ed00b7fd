//! Service levels: policies, calendars, and what is remembered of the clocks of tickets.

use sea_orm_migration::prelude::*;

/// Service levels: policies, calendars, and what is remembered of the clocks of tickets.
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

/// `sla_phase` is 0 while the clock of resolution runs, 1 while it stands, 2 when it was stopped in time, 3 when late, 4 while
/// it stands and is late. `sla_terms` keeps what done tickets were judged by, once for all that were judged by the same.
/// Tickets of before are judged in the background, since their `sla_version` is behind that of their organization.
const UP: &str = "
CREATE TABLE sla_calendar (
    serial {serial},
    id {uuid} NOT NULL,
    organization BIGINT NOT NULL REFERENCES organization (serial),
    name TEXT NOT NULL,
    name_key {key} NOT NULL,
    form TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    revision BIGINT NOT NULL
);
CREATE UNIQUE INDEX sla_calendar_id ON sla_calendar (id);
CREATE INDEX sla_calendar_by_name ON sla_calendar (organization, name_key, serial);
CREATE INDEX sla_calendar_by_age ON sla_calendar (organization, serial);

CREATE TABLE sla_policy (
    serial {serial},
    id {uuid} NOT NULL,
    organization BIGINT NOT NULL REFERENCES organization (serial),
    name TEXT NOT NULL,
    name_key {key} NOT NULL,
    position BIGINT NOT NULL,
    conditions TEXT NOT NULL,
    first_response BIGINT,
    next_response BIGINT,
    resolution BIGINT,
    calendar BIGINT REFERENCES sla_calendar (serial),
    at_risk_percent BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    revision BIGINT NOT NULL
);
CREATE UNIQUE INDEX sla_policy_id ON sla_policy (id);
CREATE INDEX sla_policy_by_position ON sla_policy (organization, position, serial);
CREATE INDEX sla_policy_by_name ON sla_policy (organization, name_key, serial);
CREATE INDEX sla_policy_by_age ON sla_policy (organization, serial);
CREATE INDEX sla_policy_by_calendar ON sla_policy (calendar);

CREATE TABLE sla_terms (
    serial {serial},
    organization BIGINT NOT NULL REFERENCES organization (serial),
    version_key TEXT NOT NULL,
    terms TEXT NOT NULL
);
CREATE UNIQUE INDEX sla_terms_version ON sla_terms (organization, version_key);

ALTER TABLE organization ADD COLUMN sla_version BIGINT NOT NULL DEFAULT 1;
ALTER TABLE ticket ADD COLUMN at_risk_at BIGINT NOT NULL DEFAULT 9223372036854775807;
ALTER TABLE ticket ADD COLUMN asked_at BIGINT;
ALTER TABLE ticket ADD COLUMN answered_at BIGINT;
ALTER TABLE ticket ADD COLUMN sla_phase SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN sla_version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN sla_terms BIGINT REFERENCES sla_terms (serial);
ALTER TABLE ticket ADD COLUMN alarm_at BIGINT;
ALTER TABLE ticket ADD COLUMN alarms_rung SMALLINT NOT NULL DEFAULT 0;
UPDATE ticket SET sla_phase = CASE WHEN COALESCE(resolved_at, closed_at) > due_at THEN 3 ELSE 2 END
    WHERE resolved_at IS NOT NULL OR closed_at IS NOT NULL;
CREATE INDEX ticket_by_phase ON ticket (organization, sla_phase, created_at, serial);
CREATE INDEX ticket_alarm ON ticket (alarm_at) WHERE alarm_at IS NOT NULL;
CREATE INDEX ticket_outdated ON ticket (organization, sla_version) WHERE resolved_at IS NULL AND closed_at IS NULL;
";

const DOWN: &str = "
DROP INDEX ticket_outdated;
DROP INDEX ticket_alarm;
DROP INDEX ticket_by_phase;
ALTER TABLE ticket DROP COLUMN alarms_rung;
ALTER TABLE ticket DROP COLUMN alarm_at;
ALTER TABLE ticket DROP COLUMN sla_terms;
ALTER TABLE ticket DROP COLUMN sla_version;
ALTER TABLE ticket DROP COLUMN sla_phase;
ALTER TABLE ticket DROP COLUMN answered_at;
ALTER TABLE ticket DROP COLUMN asked_at;
ALTER TABLE ticket DROP COLUMN at_risk_at;
ALTER TABLE organization DROP COLUMN sla_version;
DROP TABLE sla_terms;
DROP TABLE sla_policy;
DROP TABLE sla_calendar;
";
