//! Organizations, departments, accounts, logins.

use sea_orm_migration::prelude::*;

/// Organizations, departments, accounts, logins.
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

const UP: &str = "
CREATE TABLE organization (
    serial {serial},
    id {uuid} NOT NULL,
    slug {key} NOT NULL,
    name TEXT NOT NULL,
    domain TEXT,
    time_zone TEXT NOT NULL,
    settings TEXT NOT NULL,
    last_ticket_number BIGINT NOT NULL DEFAULT 0,
    last_company_number BIGINT NOT NULL DEFAULT 0,
    last_event_position BIGINT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX organization_id ON organization (id);
CREATE UNIQUE INDEX organization_slug ON organization (slug);

CREATE TABLE department (
    serial {serial},
    id {uuid} NOT NULL,
    organization BIGINT NOT NULL REFERENCES organization (serial),
    name TEXT NOT NULL,
    name_key {key} NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    revision BIGINT NOT NULL
);
CREATE UNIQUE INDEX department_id ON department (id);
CREATE UNIQUE INDEX department_name ON department (organization, name_key);

CREATE TABLE account (
    serial {serial},
    id {uuid} NOT NULL,
    organization BIGINT NOT NULL REFERENCES organization (serial),
    username TEXT NOT NULL,
    username_key {key} NOT NULL,
    email TEXT NOT NULL,
    email_key {key} NOT NULL,
    password_hash TEXT NOT NULL,
    first_name {key} NOT NULL,
    last_name {key} NOT NULL,
    role TEXT NOT NULL,
    is_approved BOOLEAN NOT NULL,
    is_active BOOLEAN NOT NULL,
    department BIGINT REFERENCES department (serial),
    company_number BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    last_active_at BIGINT,
    deleted_at BIGINT,
    revision BIGINT NOT NULL
);
CREATE UNIQUE INDEX account_id ON account (id);
CREATE UNIQUE INDEX account_email ON account (email_key) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX account_username ON account (username_key) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX account_company_number ON account (organization, company_number);
CREATE INDEX account_by_age ON account (organization, serial) WHERE deleted_at IS NULL;
CREATE INDEX account_by_email ON account (organization, email_key) WHERE deleted_at IS NULL;
CREATE INDEX account_by_username ON account (organization, username_key) WHERE deleted_at IS NULL;
CREATE INDEX account_by_name ON account (organization, last_name, first_name) WHERE deleted_at IS NULL;
CREATE INDEX account_by_role ON account (organization, role, serial) WHERE deleted_at IS NULL;
CREATE INDEX account_by_department ON account (department) WHERE department IS NOT NULL;

CREATE TABLE session (
    id {uuid} NOT NULL PRIMARY KEY,
    account BIGINT NOT NULL REFERENCES account (serial),
    audience TEXT NOT NULL,
    refresh_id {uuid} NOT NULL,
    days BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT
) {compact};
CREATE INDEX session_account ON session (account);
CREATE INDEX session_end ON session (expires_at);
";

const DOWN: &str = "
DROP TABLE session;
DROP TABLE account;
DROP TABLE department;
DROP TABLE organization;
";
