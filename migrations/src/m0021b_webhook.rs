//! Webhooks, and a queue of messages for all who are told something.

use sea_orm_migration::prelude::*;

/// Webhooks, and a queue of messages for all who are told something.
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

/// `organization.webhooks` counts the active ones, so that a commit knows without asking whether anybody is to be told.
/// A delivery's `webhook` is 0 where it is for the workflow. It is `pending` until it was taken or given up; `due_at` says
/// when it is tried next, and is empty while an older one about the same thing is pending.
const UP: &str = "
CREATE TABLE webhook (
    serial {serial},
    id {uuid} NOT NULL,
    organization BIGINT NOT NULL REFERENCES organization (serial),
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    is_active BOOLEAN NOT NULL,
    secret TEXT NOT NULL,
    disabled_reason TEXT,
    failing_since BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    revision BIGINT NOT NULL
);
CREATE UNIQUE INDEX webhook_id ON webhook (id);
CREATE INDEX webhook_by_age ON webhook (organization, serial);

ALTER TABLE organization ADD COLUMN webhooks BIGINT NOT NULL DEFAULT 0;

ALTER TABLE delivery RENAME COLUMN ticket_id TO subject;
ALTER TABLE delivery ADD COLUMN webhook BIGINT NOT NULL DEFAULT 0;
ALTER TABLE delivery ADD COLUMN kind TEXT NOT NULL DEFAULT 'ticket.finalized';
ALTER TABLE delivery ADD COLUMN event {uuid};
ALTER TABLE delivery ADD COLUMN pending BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE delivery ADD COLUMN expires_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE delivery ADD COLUMN response_status INTEGER;
ALTER TABLE delivery ADD COLUMN response_body TEXT;
UPDATE delivery SET pending = (due_at IS NOT NULL), expires_at = created_at + 86400000000;
DROP INDEX delivery_due;
CREATE INDEX delivery_due ON delivery (organization, webhook, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX delivery_chain ON delivery (webhook, subject, serial) WHERE pending;
CREATE INDEX delivery_by_webhook ON delivery (organization, webhook, serial);
";

const DOWN: &str = "
DROP INDEX delivery_by_webhook;
DROP INDEX delivery_chain;
DROP INDEX delivery_due;
ALTER TABLE delivery DROP COLUMN response_body;
ALTER TABLE delivery DROP COLUMN response_status;
ALTER TABLE delivery DROP COLUMN expires_at;
ALTER TABLE delivery DROP COLUMN pending;
ALTER TABLE delivery DROP COLUMN event;
ALTER TABLE delivery DROP COLUMN kind;
ALTER TABLE delivery DROP COLUMN webhook;
ALTER TABLE delivery RENAME COLUMN subject TO ticket_id;
CREATE INDEX delivery_due ON delivery (due_at) WHERE due_at IS NOT NULL;
ALTER TABLE organization DROP COLUMN webhooks;
DROP TABLE webhook;
";
