//! What binds tickets to each other, and how content their requesters are.

use sea_orm_migration::prelude::*;

/// Links, merges, splits and ratings.
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

/// `low` and `high` are the two tickets of a link in the order of their integers: there is one link of a kind between two,
/// whichever it begins at. `kind` of a transfer is 1 for a merge, 2 for a split. What it moved is listed by integers that
/// are never given twice, and refers to no row: a comment that is gone does not go back.
const UP: &str = "
CREATE TABLE ticket_link (
    serial {serial},
    id {uuid} NOT NULL,
    organization BIGINT NOT NULL REFERENCES organization (serial),
    source BIGINT NOT NULL REFERENCES ticket (serial),
    target BIGINT NOT NULL REFERENCES ticket (serial),
    low BIGINT NOT NULL,
    high BIGINT NOT NULL,
    kind {key} NOT NULL,
    created_by BIGINT NOT NULL REFERENCES account (serial),
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX ticket_link_id ON ticket_link (id);
CREATE UNIQUE INDEX ticket_link_pair ON ticket_link (low, high, kind);
CREATE INDEX ticket_link_by_source ON ticket_link (source, serial);
CREATE INDEX ticket_link_by_target ON ticket_link (target, serial);

CREATE TABLE ticket_transfer (
    serial {serial},
    id {uuid} NOT NULL,
    organization BIGINT NOT NULL REFERENCES organization (serial),
    kind SMALLINT NOT NULL,
    source BIGINT NOT NULL REFERENCES ticket (serial),
    target BIGINT NOT NULL REFERENCES ticket (serial),
    former TEXT NOT NULL,
    made_by BIGINT NOT NULL REFERENCES account (serial),
    made_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX ticket_transfer_id ON ticket_transfer (id);
CREATE UNIQUE INDEX ticket_transfer_merge ON ticket_transfer (source) WHERE kind = 1;
CREATE INDEX ticket_transfer_by_source ON ticket_transfer (source, serial);
CREATE INDEX ticket_transfer_by_target ON ticket_transfer (target, serial);

CREATE TABLE transferred_comment (
    transfer BIGINT NOT NULL REFERENCES ticket_transfer (serial),
    comment BIGINT NOT NULL,
    PRIMARY KEY (transfer, comment)
) {compact};

CREATE TABLE transferred_file (
    transfer BIGINT NOT NULL REFERENCES ticket_transfer (serial),
    file BIGINT NOT NULL,
    PRIMARY KEY (transfer, file)
) {compact};

CREATE TABLE rating (
    ticket BIGINT NOT NULL PRIMARY KEY REFERENCES ticket (serial),
    organization BIGINT NOT NULL REFERENCES organization (serial),
    rated_by BIGINT NOT NULL REFERENCES account (serial),
    score SMALLINT NOT NULL,
    comment TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    revision BIGINT NOT NULL
);
CREATE INDEX rating_by_person ON rating (rated_by, ticket);
";

const DOWN: &str = "
DROP TABLE rating;
DROP TABLE transferred_file;
DROP TABLE transferred_comment;
DROP TABLE ticket_transfer;
DROP TABLE ticket_link;
";
