//! Leave to choose a new password, and the mails that bring it and other news.

use sea_orm_migration::prelude::*;

/// Leave to choose a new password, and the mails that bring it and other news.
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

/// A reset without an account was asked for by somebody who has none. `due_at` is when a mail is tried next, and NULL
/// once nothing more will be done with it.
const UP: &str = "
CREATE TABLE password_reset (
    id {uuid} NOT NULL PRIMARY KEY,
    account BIGINT REFERENCES account (serial),
    digest {bytes} NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    spent_at BIGINT
) {compact};
CREATE UNIQUE INDEX password_reset_digest ON password_reset (digest);
CREATE INDEX password_reset_account ON password_reset (account) WHERE account IS NOT NULL;
CREATE INDEX password_reset_end ON password_reset (expires_at);

CREATE TABLE mail (
    serial {serial},
    id {uuid} NOT NULL,
    organization BIGINT NOT NULL REFERENCES organization (serial),
    recipient_name TEXT NOT NULL,
    recipient TEXT NOT NULL,
    message TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    due_at BIGINT,
    sent_at BIGINT,
    attempts INTEGER NOT NULL DEFAULT 0,
    last_error TEXT
);
CREATE UNIQUE INDEX mail_id ON mail (id);
CREATE INDEX mail_due ON mail (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX mail_by_age ON mail (created_at);
";

const DOWN: &str = "
DROP TABLE mail;
DROP TABLE password_reset;
";
