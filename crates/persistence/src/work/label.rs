//! The tags of a ticket.

use std::collections::BTreeSet;

use helpdesk_domain::kernel::Moment;
use helpdesk_domain::kernel::id::TagId;
use sea_orm::{DbErr, FromQueryResult, Value};

use super::Refused;
use super::writing::Writing;
use crate::column::micros;
use crate::portable;

/// A tag that a ticket has.
#[derive(FromQueryResult)]
pub(super) struct Label {
    pub serial: i64,
    pub id: uuid::Uuid,
}

/// The tags that the ticket has.
pub(super) async fn of(writing: &Writing<'_>, ticket: i64) -> Result<Vec<Label>, DbErr> {
    let text = "SELECT tag.serial, tag.id FROM ticket_tag JOIN tag ON tag.serial = ticket_tag.tag WHERE ticket_tag.ticket = ?";
    portable::all(writing.transaction, text, vec![ticket.into()]).await
}

/// Gives the ticket these tags instead of those it had; answers their integers.
pub(super) async fn replace(
    writing: &Writing<'_>,
    ticket: i64,
    had: &[Label],
    tags: &BTreeSet<TagId>,
    created_at: Moment,
) -> Result<Vec<i64>, Refused> {
    let (kept, gone): (Vec<&Label>, Vec<&Label>) = had.iter().partition(|label| tags.contains(&TagId(label.id)));
    if !gone.is_empty() {
        let places = portable::repeated("?", gone.len());
        let text = format!("DELETE FROM ticket_tag WHERE ticket = ? AND tag IN ({places})");
        let values = std::iter::once(ticket).chain(gone.iter().map(|label| label.serial)).map(Value::from).collect();
        portable::execute(writing.transaction, &text, values).await?;
    }
    let new = tags.iter().copied().filter(|tag| !kept.iter().any(|label| label.id == tag.0));
    let added = add(writing, ticket, &new.collect::<Vec<_>>(), created_at).await?;
    Ok(kept.iter().map(|label| label.serial).chain(added).collect())
}

/// Adds tags to the ticket, in one statement; answers their integers. [`Refused::Stale`] when one is not there any more.
pub(super) async fn add(writing: &Writing<'_>, ticket: i64, tags: &[TagId], created_at: Moment) -> Result<Vec<i64>, Refused> {
    #[derive(FromQueryResult)]
    struct Added {
        tag: i64,
    }
    if tags.is_empty() {
        return Ok(Vec::new());
    }
    let text = format!(
        "INSERT INTO ticket_tag (ticket, tag, created_at) SELECT CAST(? AS BIGINT), serial, CAST(? AS BIGINT) FROM tag \
         WHERE organization = ? AND id IN ({}) RETURNING tag",
        portable::repeated("?", tags.len())
    );
    let mut values: Vec<Value> = vec![ticket.into(), micros(created_at).into(), writing.organization.into()];
    values.extend(tags.iter().map(|tag| Value::from(tag.0)));
    let added: Vec<Added> = portable::all(writing.transaction, &text, values).await?;
    if added.len() == tags.len() { Ok(added.into_iter().map(|row| row.tag).collect()) } else { Err(Refused::Stale) }
}
