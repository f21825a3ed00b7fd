//! Comments, and how many of each kind their ticket has.

use helpdesk_domain::kernel::id::{CommentId, TicketId};
use helpdesk_domain::ticket::Comment;
use sea_orm::FromQueryResult;

use super::index::Touched;
use super::writing::Writing;
use super::{Refused, file};
use crate::column::{json, micros};
use crate::portable;
use crate::tally::{self, Sums};

const INSERT: &str = "INSERT INTO comment (id, ticket, author, content, is_internal, mentions, created_at, updated_at, revision) \
    VALUES (?, ?, (SELECT serial FROM account WHERE organization = ? AND id = ?), ?, ?, ?, ?, ?, 1)";

#[derive(FromQueryResult)]
struct Placed {
    serial: i64,
}

#[derive(FromQueryResult)]
struct Kind {
    is_internal: bool,
}

pub(super) async fn add(writing: &mut Writing<'_>, comment: &Comment) -> Result<(), Refused> {
    let ticket = on_ticket(writing, comment.ticket).await?;
    let values = vec![
        comment.id.0.into(),
        ticket.into(),
        writing.organization.into(),
        comment.author.0.into(),
        comment.content.as_str().into(),
        comment.is_internal.into(),
        json(&comment.mentions)?.into(),
        micros(comment.created_at).into(),
        micros(comment.updated_at).into(),
    ];
    portable::execute(writing.transaction, INSERT, values).await?;
    recount(writing, ticket, comment.is_internal, 1).await?;
    // what rules say is no reply: who waits for one goes on waiting
    if !comment.is_internal && writing.automaton != comment.author {
        let replied = vec![micros(comment.created_at).into(), ticket.into()];
        portable::execute(writing.transaction, "UPDATE ticket SET replied_at = ? WHERE serial = ?", replied).await?;
    }
    tell(writing, 1).await
}

const UPDATE: &str = "UPDATE comment SET content = ?, is_internal = ?, mentions = ?, updated_at = ?, revision = revision + 1 \
    WHERE ticket = ? AND id = ? AND revision = ?";

pub(super) async fn save(writing: &mut Writing<'_>, comment: &Comment) -> Result<(), Refused> {
    let ticket = on_ticket(writing, comment.ticket).await?;
    let was = "SELECT is_internal FROM comment WHERE ticket = ? AND id = ?";
    let was: Option<Kind> = portable::one(writing.transaction, was, vec![ticket.into(), comment.id.0.into()]).await?;
    let was = was.ok_or(Refused::Stale)?;
    let values = vec![
        comment.content.as_str().into(),
        comment.is_internal.into(),
        json(&comment.mentions)?.into(),
        micros(comment.updated_at).into(),
        ticket.into(),
        comment.id.0.into(),
        comment.revision.into(),
    ];
    if portable::execute(writing.transaction, UPDATE, values).await? == 0 {
        return Err(Refused::Stale);
    }
    if was.is_internal != comment.is_internal {
        recount(writing, ticket, was.is_internal, -1).await?;
        recount(writing, ticket, comment.is_internal, 1).await?;
        date_reply(writing, ticket).await?;
    }
    Ok(())
}

pub(super) async fn delete(writing: &mut Writing<'_>, ticket: TicketId, comment: CommentId) -> Result<(), Refused> {
    let ticket = on_ticket(writing, ticket).await?;
    let text = "SELECT serial FROM comment WHERE ticket = ? AND id = ?";
    let values = vec![ticket.into(), comment.0.into()];
    let found: Placed = portable::one(writing.transaction, text, values).await?.ok_or(Refused::Stale)?;
    file::delete_of_comment(writing, ticket, found.serial, writing.store.clock.now()).await?;
    let text = "DELETE FROM comment WHERE ticket = ? AND serial = ? RETURNING is_internal";
    let gone: Option<Kind> = portable::one(writing.transaction, text, vec![ticket.into(), found.serial.into()]).await?;
    recount(writing, ticket, gone.ok_or(Refused::Stale)?.is_internal, -1).await?;
    date_reply(writing, ticket).await?;
    tell(writing, -1).await
}

const DATE_REPLY: &str = "UPDATE ticket SET replied_at = (SELECT MAX(c.created_at) FROM comment AS c WHERE c.ticket = ticket.serial \
    AND NOT c.is_internal AND c.author <> COALESCE((SELECT serial FROM account WHERE organization = ? AND id = ?), 0)) WHERE serial = ?";

/// Since when the ticket waits for a reply, when what was said on it is otherwise now.
pub(super) async fn date_reply(writing: &Writing<'_>, ticket: i64) -> Result<(), Refused> {
    let values = vec![writing.organization.into(), writing.automaton.0.into(), ticket.into()];
    portable::execute(writing.transaction, DATE_REPLY, values).await?;
    Ok(())
}

/// The ticket's integer; what is said on it is to be found from now on.
pub(super) async fn on_ticket(writing: &mut Writing<'_>, id: TicketId) -> Result<i64, Refused> {
    if !writing.touched.contains_key(&id) {
        let text = format!(
            "SELECT serial, requester, assignee, title, description, (1 = 1) AS has_comments, (1 = 1) AS reindex \
             FROM ticket WHERE organization = ? AND id = ?{}",
            portable::for_update(writing.store.backend())
        );
        let found: Option<Touched> =
            portable::one(writing.transaction, &text, vec![writing.organization.into(), id.0.into()]).await?;
        writing.touched.insert(id, found.ok_or(Refused::Stale)?);
    }
    let touched = writing.touched.get_mut(&id).ok_or(Refused::Stale)?;
    touched.has_comments = true;
    touched.reindex = true;
    Ok(touched.serial)
}

async fn recount(writing: &Writing<'_>, ticket: i64, is_internal: bool, by: i64) -> Result<(), Refused> {
    let text = if is_internal {
        "UPDATE ticket SET internal_comments = internal_comments + ? WHERE serial = ?"
    } else {
        "UPDATE ticket SET public_comments = public_comments + ? WHERE serial = ?"
    };
    portable::execute(writing.transaction, text, vec![by.into(), ticket.into()]).await?;
    Ok(())
}

async fn tell(writing: &Writing<'_>, by: i64) -> Result<(), Refused> {
    Ok(tally::add(writing.transaction, &Sums::from([tally::comments(writing.organization, by)])).await?)
}
