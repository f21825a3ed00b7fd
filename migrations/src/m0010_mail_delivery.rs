//! Sending mails: how far the event log has been read, who does without what, leases.

use sea_orm_migration::prelude::*;

/// Sending mails: how far the event log has been read, who does without what, leases.
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

/// What happened before there were mails is not told by mail.
const UP: &str = "
CREATE TABLE consumer_position (
    consumer {key} NOT NULL,
    organization BIGINT NOT NULL REFERENCES organization (serial),
    position BIGINT NOT NULL,
    PRIMARY KEY (consumer, organization)
) {compact};
INSERT INTO consumer_position (consumer, organization, position)
    SELECT 'mail', serial, last_event_position FROM organization;

CREATE TABLE mail_mute (
    account BIGINT NOT NULL REFERENCES account (serial),
    kind {key} NOT NULL,
    PRIMARY KEY (account, kind)
) {compact};

ALTER TABLE mail ADD COLUMN user_id {uuid};
ALTER TABLE mail ADD COLUMN leased_until BIGINT;
";

const DOWN: &str = "
ALTER TABLE mail DROP COLUMN leased_until;
ALTER TABLE mail DROP COLUMN user_id;
DROP TABLE mail_mute;
DROP TABLE consumer_position;
";
