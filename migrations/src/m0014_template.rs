//! Response templates.

use sea_orm_migration::prelude::*;

/// Response templates.
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

/// `private_to` is 0 where a template is public, else its author: each order's index begins with who sees it.
const UP: &str = "
CREATE TABLE template (
    serial {serial},
    id {uuid} NOT NULL,
    organization BIGINT NOT NULL REFERENCES organization (serial),
    private_to BIGINT NOT NULL,
    title TEXT NOT NULL,
    title_key {key} NOT NULL,
    content TEXT NOT NULL,
    category TEXT NOT NULL,
    category_key {key} NOT NULL,
    variables TEXT NOT NULL,
    created_by BIGINT NOT NULL REFERENCES account (serial),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    revision BIGINT NOT NULL
);
CREATE UNIQUE INDEX template_id ON template (id);
CREATE INDEX template_by_title ON template (organization, private_to, title_key, serial);
CREATE INDEX template_by_category ON template (organization, private_to, category_key, title_key, serial);
CREATE INDEX template_by_age ON template (organization, private_to, serial);
CREATE INDEX template_by_change ON template (organization, private_to, updated_at, serial);
CREATE INDEX template_by_author ON template (created_by);
";

const DOWN: &str = "
DROP TABLE template;
";
