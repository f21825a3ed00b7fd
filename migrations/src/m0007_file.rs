//! Files on tickets and of people, the pictures of people, and objects that no row speaks of.

use sea_orm_migration::prelude::*;

/// Files on tickets and of people, the pictures of people, and objects that no row speaks of.
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

/// `object` is the content's name in the content store. `loose_object` has the objects that no row names.
const UP: &str = "
CREATE TABLE file (
    serial {serial},
    id {uuid} NOT NULL,
    organization BIGINT NOT NULL REFERENCES organization (serial),
    ticket BIGINT REFERENCES ticket (serial),
    comment BIGINT REFERENCES comment (serial),
    uploader BIGINT NOT NULL REFERENCES account (serial),
    object TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    description TEXT NOT NULL,
    category TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX file_id ON file (id);
CREATE INDEX file_by_ticket ON file (ticket, serial) WHERE ticket IS NOT NULL;
CREATE INDEX file_by_comment ON file (comment, serial) WHERE comment IS NOT NULL;

CREATE TABLE loose_object (
    object {key} NOT NULL PRIMARY KEY,
    since BIGINT NOT NULL
) {compact};
CREATE INDEX loose_object_by_age ON loose_object (since);

ALTER TABLE ticket ADD COLUMN file_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN image TEXT;
CREATE INDEX account_by_image ON account (image) WHERE image IS NOT NULL;
";

const DOWN: &str = "
DROP INDEX account_by_image;
ALTER TABLE account DROP COLUMN image;
ALTER TABLE ticket DROP COLUMN file_count;
DROP TABLE loose_object;
DROP TABLE file;
";
