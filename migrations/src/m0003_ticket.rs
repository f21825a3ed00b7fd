//! Tickets, their conversation and history, and how many there are of which sort.

use sea_orm_migration::prelude::*;

/// Tickets, their conversation and history, and how many there are of which sort.
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

/// The indexes that begin with a category or department also answer whether any ticket still has it.
const UP: &str = "
CREATE TABLE ticket (
    serial {serial},
    id {uuid} NOT NULL,
    organization BIGINT NOT NULL REFERENCES organization (serial),
    number BIGINT NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    status SMALLINT NOT NULL,
    priority SMALLINT NOT NULL,
    category BIGINT REFERENCES category (serial),
    sub_category TEXT,
    department BIGINT REFERENCES department (serial),
    requester BIGINT NOT NULL REFERENCES account (serial),
    assignee BIGINT REFERENCES account (serial),
    contact_email TEXT,
    admin_notes TEXT,
    custom_fields TEXT NOT NULL,
    due_override BIGINT,
    due_at BIGINT NOT NULL,
    scheduled_date TEXT,
    resolution TEXT,
    rejection_reason TEXT,
    public_comments BIGINT NOT NULL DEFAULT 0,
    internal_comments BIGINT NOT NULL DEFAULT 0,
    tag_count BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    first_response_at BIGINT,
    resolved_at BIGINT,
    closed_at BIGINT,
    finalized_at BIGINT,
    pauses TEXT NOT NULL,
    revision BIGINT NOT NULL
);
CREATE UNIQUE INDEX ticket_id ON ticket (id);
CREATE UNIQUE INDEX ticket_number ON ticket (organization, number);
CREATE INDEX ticket_by_age ON ticket (organization, created_at, serial);
CREATE INDEX ticket_by_change ON ticket (organization, updated_at, serial);
CREATE INDEX ticket_by_due ON ticket (organization, due_at, serial);
CREATE INDEX ticket_by_status ON ticket (organization, status, created_at, serial, priority);
CREATE INDEX ticket_by_priority ON ticket (organization, priority, created_at, serial, status);
CREATE INDEX ticket_by_category ON ticket (category, organization, created_at, serial, status, priority);
CREATE INDEX ticket_by_department ON ticket (department, organization, created_at, serial, status, priority);
CREATE INDEX ticket_by_requester ON ticket (organization, requester, created_at, serial, status, priority);
CREATE INDEX ticket_by_assignee ON ticket (organization, assignee, created_at, serial, status, priority);
CREATE INDEX ticket_by_resolution ON ticket (organization, resolved_at) WHERE resolved_at IS NOT NULL;

CREATE TABLE ticket_tag (
    ticket BIGINT NOT NULL REFERENCES ticket (serial),
    tag BIGINT NOT NULL REFERENCES tag (serial),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (ticket, tag)
) {compact};
CREATE INDEX ticket_tag_by_age ON ticket_tag (tag, created_at, ticket);

CREATE TABLE comment (
    serial {serial},
    id {uuid} NOT NULL,
    ticket BIGINT NOT NULL REFERENCES ticket (serial),
    author BIGINT NOT NULL REFERENCES account (serial),
    content TEXT NOT NULL,
    is_internal BOOLEAN NOT NULL,
    mentions TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    revision BIGINT NOT NULL
);
CREATE UNIQUE INDEX comment_id ON comment (id);
CREATE INDEX comment_by_age ON comment (ticket, serial);

CREATE TABLE ticket_history (
    serial {serial},
    ticket BIGINT NOT NULL,
    actor BIGINT REFERENCES account (serial),
    action TEXT NOT NULL,
    details TEXT NOT NULL,
    field TEXT,
    old_value TEXT,
    new_value TEXT,
    is_public BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    purge_at BIGINT
);
CREATE INDEX ticket_history_by_age ON ticket_history (ticket, serial);
CREATE INDEX ticket_history_purge ON ticket_history (purge_at) WHERE purge_at IS NOT NULL;

CREATE TABLE ticket_tally (
    organization BIGINT NOT NULL REFERENCES organization (serial),
    facet SMALLINT NOT NULL,
    value BIGINT NOT NULL,
    status SMALLINT NOT NULL,
    priority SMALLINT NOT NULL,
    n BIGINT NOT NULL,
    total BIGINT NOT NULL,
    PRIMARY KEY (organization, facet, value, status, priority)
) {compact};
";

const DOWN: &str = "
DROP TABLE ticket_tally;
DROP TABLE ticket_history;
DROP TABLE comment;
DROP TABLE ticket_tag;
DROP TABLE ticket;
";
