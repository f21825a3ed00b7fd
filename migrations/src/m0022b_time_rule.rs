//! Since when tickets wait, how far rules that begin with time have come, and macros.

use sea_orm_migration::prelude::*;

/// Since when tickets wait, how far rules that begin with time have come, and macros.
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

/// When a ticket of before entered its status is not known; it was last changed then, or later. What is closed waits for
/// nothing, and is in no index. A key is a rule's UUID, or a word of the desk's own. `private_to` of a
/// macro is 0 where it is public, else its author.
const UP: &str = "
ALTER TABLE ticket ADD COLUMN status_since BIGINT NOT NULL DEFAULT 0;
ALTER TABLE ticket ADD COLUMN replied_at BIGINT;
UPDATE ticket SET status_since = COALESCE(closed_at, resolved_at, updated_at);
UPDATE ticket SET replied_at = (SELECT MAX(comment.created_at) FROM comment WHERE comment.ticket = ticket.serial AND NOT comment.is_internal)
    WHERE closed_at IS NULL AND public_comments > 0;
CREATE INDEX ticket_by_status_entry ON ticket (organization, status, status_since, serial) WHERE closed_at IS NULL;
CREATE INDEX ticket_unclosed ON ticket (organization, created_at, serial) WHERE closed_at IS NULL;
CREATE INDEX ticket_replied ON ticket (organization, replied_at, serial) WHERE closed_at IS NULL AND replied_at IS NOT NULL;

CREATE INDEX rule_log_by_ticket ON rule_log (ticket);

CREATE TABLE macro (
    serial {serial},
    id {uuid} NOT NULL,
    organization BIGINT NOT NULL REFERENCES organization (serial),
    private_to BIGINT NOT NULL,
    name TEXT NOT NULL,
    name_key {key} NOT NULL,
    description TEXT NOT NULL,
    actions TEXT NOT NULL,
    created_by BIGINT NOT NULL REFERENCES account (serial),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    revision BIGINT NOT NULL
);
CREATE UNIQUE INDEX macro_id ON macro (id);
CREATE INDEX macro_by_name ON macro (organization, private_to, name_key, serial);
CREATE INDEX macro_by_author ON macro (created_by);

CREATE TABLE rule_cursor (
    organization BIGINT NOT NULL REFERENCES organization (serial),
    rule_key {key} NOT NULL,
    since BIGINT NOT NULL,
    at BIGINT NOT NULL,
    ticket BIGINT NOT NULL,
    PRIMARY KEY (organization, rule_key)
) {compact};
";

const DOWN: &str = "
DROP TABLE rule_cursor;
DROP TABLE macro;
DROP INDEX rule_log_by_ticket;
DROP INDEX ticket_replied;
DROP INDEX ticket_by_status_entry;
ALTER TABLE ticket DROP COLUMN replied_at;
ALTER TABLE ticket DROP COLUMN status_since;
";
