//! Routing: who takes tickets, and which tickets wait for somebody.

use sea_orm_migration::prelude::*;

/// Routing: who takes tickets, and which tickets wait for somebody.
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

/// Who has no row in `agent_routing` has no limit, names no skills and is available. A turn is a route's, or of whatever
/// else goes round on its own. A ticket that `waits` without a route is still to be looked at.
const UP: &str = "
CREATE TABLE agent_routing (
    account BIGINT NOT NULL PRIMARY KEY REFERENCES account (serial),
    capacity BIGINT,
    skills TEXT NOT NULL,
    is_available BOOLEAN NOT NULL,
    updated_at BIGINT NOT NULL,
    revision BIGINT NOT NULL
) {compact};
CREATE INDEX account_of_department ON account (department, role, serial) WHERE deleted_at IS NULL;

CREATE TABLE route (
    serial {serial},
    id {uuid} NOT NULL,
    organization BIGINT NOT NULL REFERENCES organization (serial),
    name TEXT NOT NULL,
    name_key {key} NOT NULL,
    position BIGINT NOT NULL,
    is_active BOOLEAN NOT NULL,
    category BIGINT REFERENCES category (serial),
    of_department BIGINT REFERENCES department (serial),
    department BIGINT REFERENCES department (serial),
    strategy SMALLINT NOT NULL,
    skills TEXT NOT NULL,
    agents TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    revision BIGINT NOT NULL
);
CREATE UNIQUE INDEX route_id ON route (id);
CREATE INDEX route_by_position ON route (organization, position, serial);
CREATE INDEX route_by_name ON route (organization, name_key, serial);
CREATE INDEX route_by_age ON route (organization, serial);
CREATE INDEX route_by_category ON route (category) WHERE category IS NOT NULL;
CREATE INDEX route_by_origin ON route (of_department) WHERE of_department IS NOT NULL;
CREATE INDEX route_by_department ON route (department) WHERE department IS NOT NULL;

CREATE TABLE route_turn (
    organization BIGINT NOT NULL REFERENCES organization (serial),
    turn {uuid} NOT NULL,
    served BIGINT NOT NULL REFERENCES account (serial),
    PRIMARY KEY (organization, turn)
) {compact};

ALTER TABLE ticket ADD COLUMN waits BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE ticket ADD COLUMN waits_for BIGINT REFERENCES route (serial) ON DELETE SET NULL;
CREATE INDEX ticket_waiting ON ticket (organization, waits_for, priority DESC, created_at, serial) WHERE waits;
CREATE INDEX ticket_of_route ON ticket (waits_for) WHERE waits_for IS NOT NULL;
INSERT INTO consumer_position (consumer, organization, position)
    SELECT 'routing', serial, last_event_position FROM organization;
";

const DOWN: &str = "
DELETE FROM consumer_position WHERE consumer = 'routing';
DROP INDEX ticket_of_route;
DROP INDEX ticket_waiting;
ALTER TABLE ticket DROP COLUMN waits_for;
ALTER TABLE ticket DROP COLUMN waits;
DROP TABLE route_turn;
DROP TABLE route;
DROP INDEX account_of_department;
DROP TABLE agent_routing;
";
