//! Notifications, and which of them people want.

use sea_orm_migration::prelude::*;

/// Notifications, and which of them people want.
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

/// What happened before there were notifications is told to nobody. A notification outlives its ticket, without saying
/// anything, so nothing refers to the ticket's row.
const UP: &str = "
CREATE TABLE notification (
    serial {serial},
    id {uuid} NOT NULL,
    account BIGINT NOT NULL REFERENCES account (serial),
    event {uuid} NOT NULL,
    kind {key} NOT NULL,
    priority SMALLINT NOT NULL,
    title TEXT NOT NULL,
    message TEXT NOT NULL,
    ticket {uuid},
    is_internal BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    read_at BIGINT
);
CREATE UNIQUE INDEX notification_id ON notification (id);
CREATE UNIQUE INDEX notification_event ON notification (event, account);
CREATE INDEX notification_by_age ON notification (account, created_at, serial);
CREATE INDEX notification_by_kind ON notification (account, kind, created_at, serial);
CREATE INDEX notification_unread ON notification (account, created_at, serial) WHERE read_at IS NULL;
CREATE INDEX notification_read ON notification (read_at) WHERE read_at IS NOT NULL;

CREATE TABLE notification_preference (
    account BIGINT NOT NULL REFERENCES account (serial),
    kind {key} NOT NULL,
    wanted BOOLEAN NOT NULL,
    PRIMARY KEY (account, kind)
) {compact};
CREATE INDEX notification_preference_by_kind ON notification_preference (kind, account) WHERE wanted;

INSERT INTO consumer_position (consumer, organization, position)
    SELECT 'notification', serial, last_event_position FROM organization;
";

const DOWN: &str = "
DELETE FROM consumer_position WHERE consumer = 'notification';
DROP TABLE notification_preference;
DROP TABLE notification;
";
