//! The tags of listed tickets.

use std::collections::HashMap;

use helpdesk_domain::kernel::id::TagId;
use helpdesk_domain::taxonomy::TagBrief;
use sea_orm::{ConnectionTrait, DbErr};

use super::row::Listed;
use crate::sql::{Sql, list, listed as table};

/// Puts in the tags of tickets that have some, in one statement.
pub(super) async fn filled(connection: &impl ConnectionTrait, mut listed: Vec<Listed>) -> Result<Vec<Listed>, DbErr> {
    let tagged: Vec<i64> = listed.iter().filter(|listed| listed.has_tags).map(|listed| listed.row.serial).collect();
    if tagged.is_empty() {
        return Ok(listed);
    }
    let text = format!(
        "SELECT g.ticket, tag.id, tag.serial, tag.name, tag.color FROM ticket_tag AS g JOIN tag ON tag.serial = g.tag \
         WHERE g.ticket IN (SELECT CAST(value AS BIGINT) FROM {}) ORDER BY tag.name_key",
        table(connection.get_database_backend())
    );
    let found = Sql::new(text, [list(&tagged)?])
        .all(connection, |row| {
            let ticket: i64 = row.next()?;
            let (id, serial, name, color) = (TagId(row.next()?), row.next()?, row.next()?, row.next()?);
            Ok((ticket, TagBrief { id, serial, name, color }))
        })
        .await?;
    let mut tags: HashMap<i64, Vec<TagBrief>> = HashMap::new();
    for (ticket, tag) in found {
        tags.entry(ticket).or_default().push(tag);
    }
    for listed in &mut listed {
        listed.row.tags = tags.remove(&listed.row.serial).unwrap_or_default();
    }
    Ok(listed)
}
