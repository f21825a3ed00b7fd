//! Whose something is, to take it out and to erase it.

use sea_orm_migration::prelude::*;

/// Whose something is, to take it out and to erase it.
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

/// A person's comments and files; what people were told of a ticket; what other programs were handed of a thing.
const UP: &str = "
CREATE INDEX comment_by_author ON comment (author, serial);
CREATE INDEX file_by_uploader ON file (uploader, serial);
CREATE INDEX notification_by_ticket ON notification (ticket) WHERE ticket IS NOT NULL;
CREATE INDEX delivery_by_subject ON delivery (organization, subject);
";

const DOWN: &str = "
DROP INDEX delivery_by_subject;
DROP INDEX notification_by_ticket;
DROP INDEX file_by_uploader;
DROP INDEX comment_by_author;
";
