//! Files, and the objects that no row speaks of.

use chrono::TimeDelta;
use helpdesk_domain::attachment::{File, ObjectKey};
use helpdesk_domain::kernel::Moment;
use helpdesk_domain::kernel::id::{FileId, UserId};
use sea_orm::{FromQueryResult, Value};

use super::Refused;
use super::writing::Writing;
use crate::column::micros;
use crate::portable;

/// For so many minutes a noted object may get its row.
const WAITS: i64 = 60;

const INSERT: &str = "INSERT INTO file (id, organization, ticket, comment, uploader, object, name, media_type, size, description, \
    category, created_at) VALUES (?, ?, (SELECT serial FROM ticket WHERE organization = ? AND id = ?), \
    (SELECT serial FROM comment WHERE id = ?), (SELECT serial FROM account WHERE organization = ? AND id = ?), ?, ?, ?, ?, ?, ?, ?) \
    RETURNING ticket, comment";

#[derive(FromQueryResult)]
struct Placed {
    ticket: Option<i64>,
    comment: Option<i64>,
}

/// A ticket or comment that is not there has been deleted since the use case looked it up.
pub(super) async fn add(writing: &Writing<'_>, file: &File) -> Result<(), Refused> {
    take_out(writing, file).await?;
    let organization = writing.organization;
    let values = vec![
        file.id.0.into(),
        organization.into(),
        organization.into(),
        file.ticket.map(|id| id.0).into(),
        file.comment.map(|id| id.0).into(),
        organization.into(),
        file.uploaded_by.0.into(),
        file.object.as_str().into(),
        file.name.as_str().into(),
        file.media_type.as_str().into(),
        i64::try_from(file.size).unwrap_or(i64::MAX).into(),
        file.description.as_str().into(),
        file.category.as_str().into(),
        micros(file.created_at).into(),
    ];
    let placed: Placed = portable::one(writing.transaction, INSERT, values).await?.ok_or(Refused::Stale)?;
    if placed.ticket.is_some() != file.ticket.is_some() || placed.comment.is_some() != file.comment.is_some() {
        return Err(Refused::Stale);
    }
    recount(writing, placed.ticket, 1).await
}

async fn take_out(writing: &Writing<'_>, file: &File) -> Result<(), Refused> {
    let text = "DELETE FROM loose_object WHERE object = ? AND since > ?";
    let since = writing.store.clock.now() - TimeDelta::minutes(WAITS);
    let gone = portable::execute(writing.transaction, text, vec![file.object.as_str().into(), micros(since).into()]).await?;
    if gone == 0 { Err(Refused::Stale) } else { Ok(()) }
}

async fn recount(writing: &Writing<'_>, ticket: Option<i64>, by: i64) -> Result<(), Refused> {
    let Some(ticket) = ticket else { return Ok(()) };
    let text = "UPDATE ticket SET file_count = file_count + ? WHERE serial = ?";
    portable::execute(writing.transaction, text, vec![by.into(), ticket.into()]).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Gone {
    ticket: Option<i64>,
    object: String,
}

pub(super) async fn delete(writing: &Writing<'_>, id: FileId, at: Moment) -> Result<(), Refused> {
    let text = "DELETE FROM file WHERE organization = ? AND id = ? RETURNING ticket, object";
    let values = vec![writing.organization.into(), id.0.into()];
    let gone: Gone = portable::one(writing.transaction, text, values).await?.ok_or(Refused::Stale)?;
    let text = "INSERT INTO loose_object (object, since) VALUES (?, ?)";
    portable::execute(writing.transaction, text, vec![gone.object.into(), micros(at).into()]).await?;
    recount(writing, gone.ticket, -1).await
}

/// The files of a ticket that is being deleted.
pub(super) async fn delete_of_ticket(writing: &Writing<'_>, ticket: i64, at: Moment) -> Result<(), Refused> {
    delete_where(writing, "ticket = ?", vec![ticket.into()], at).await.map(drop)
}

/// The files of a comment that is being deleted.
pub(super) async fn delete_of_comment(writing: &Writing<'_>, ticket: i64, comment: i64, at: Moment) -> Result<(), Refused> {
    let gone = delete_where(writing, "comment = ?", vec![comment.into()], at).await?;
    if gone == 0 { Ok(()) } else { recount(writing, Some(ticket), -i64::try_from(gone).unwrap_or(0)).await }
}

/// Removes files; their objects go with the next sweep. Answers how many they were.
pub(super) async fn delete_where(writing: &Writing<'_>, condition: &str, values: Vec<Value>, at: Moment) -> Result<u64, Refused> {
    let note = format!("INSERT INTO loose_object (object, since) SELECT object, CAST(? AS BIGINT) FROM file WHERE {condition}");
    let noting = std::iter::once(micros(at).into()).chain(values.clone()).collect();
    portable::execute(writing.transaction, &note, noting).await?;
    Ok(portable::execute(writing.transaction, &format!("DELETE FROM file WHERE {condition}"), values).await?)
}

/// A picture gets its row; the one before it, if another, has none any more.
pub(super) async fn put_on(writing: &Writing<'_>, user: UserId, image: Option<&ObjectKey>, at: Moment) -> Result<(), Refused> {
    let image = image.map(ObjectKey::as_str);
    let text = "INSERT INTO loose_object (object, since) SELECT image, CAST(? AS BIGINT) FROM account \
        WHERE organization = ? AND id = ? AND image IS NOT NULL AND image <> COALESCE(?, '')";
    let values: Vec<Value> = vec![micros(at).into(), writing.organization.into(), user.0.into(), image.map(str::to_owned).into()];
    portable::execute(writing.transaction, text, values).await?;
    if let Some(image) = image {
        let text = "DELETE FROM loose_object WHERE object = ?";
        portable::execute(writing.transaction, text, vec![image.into()]).await?;
    }
    Ok(())
}
