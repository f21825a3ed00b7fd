//! Where the words were found.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use helpdesk_domain::search::{SearchText, snippet};
use helpdesk_domain::ticket::TicketRow;
use sea_orm::{ConnectionTrait, DbErr};

use super::row::Listed;
use crate::sql::{Sql, list, listed as table};

/// How many comments are looked through for a page, from the newest.
const MOST_COMMENTS: i64 = 2_000;

/// Puts in snippets from titles and descriptions; where those have none, from the comments that the viewer sees, in one
/// statement for all.
pub(super) async fn filled(
    connection: &impl ConnectionTrait,
    mut listed: Vec<Listed>,
    search: &SearchText,
) -> Result<Vec<TicketRow>, DbErr> {
    for listed in &mut listed {
        let row = &mut listed.row;
        row.snippet = snippet(&row.title, search).or_else(|| snippet(&row.description, search));
    }
    let silent = |listed: &&Listed| listed.row.snippet.is_none() && listed.row.comment_count > 0;
    let all: Vec<i64> = listed.iter().filter(silent).map(|listed| listed.row.serial).collect();
    let internal: Vec<i64> =
        listed.iter().filter(silent).filter(|listed| listed.shows_internal).map(|listed| listed.row.serial).collect();
    let mut said = if all.is_empty() { HashMap::new() } else { comments(connection, &all, &internal, search).await? };
    let row = |mut listed: Listed| {
        listed.row.snippet = listed.row.snippet.or_else(|| said.remove(&listed.row.serial));
        listed.row
    };
    Ok(listed.into_iter().map(row).collect())
}

/// The snippet of the newest comment of each ticket that has one.
async fn comments(
    connection: &impl ConnectionTrait,
    tickets: &[i64],
    internal: &[i64],
    search: &SearchText,
) -> Result<HashMap<i64, String>, DbErr> {
    let table = table(connection.get_database_backend());
    let text = format!(
        "SELECT ticket, content FROM comment WHERE ticket IN (SELECT CAST(value AS BIGINT) FROM {table}) \
         AND (NOT is_internal OR ticket IN (SELECT CAST(value AS BIGINT) FROM {table})) ORDER BY serial DESC LIMIT ?"
    );
    let values = [list(tickets)?, list(internal)?, MOST_COMMENTS.into()];
    let said = Sql::new(text, values).all(connection, |row| Ok((row.next::<i64>()?, row.next::<String>()?))).await?;
    let mut snippets = HashMap::new();
    for (ticket, content) in said {
        if let Entry::Vacant(place) = snippets.entry(ticket)
            && let Some(snippet) = snippet(&content, search)
        {
            place.insert(snippet);
        }
    }
    Ok(snippets)
}
