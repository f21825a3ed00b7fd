//! Comments and files that go from ticket to ticket, and back.

use helpdesk_domain::kernel::id::{TicketId, TransferId};
use helpdesk_domain::transfer::{Moved, Transfer};
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use super::comment::{date_reply, on_ticket};
use super::writing::Writing;
use super::{Refused, link};
use crate::column::{json, micros};
use crate::portable::{self, repeated};
use crate::transfer::number;

const INSERT: &str = "INSERT INTO ticket_transfer (id, organization, kind, source, target, former, made_by, made_at) \
    VALUES (?, ?, ?, ?, ?, ?, (SELECT serial FROM account WHERE organization = ? AND id = ?), ?) RETURNING serial";

#[derive(FromQueryResult)]
struct Placed {
    serial: i64,
}

pub(super) async fn add(writing: &mut Writing<'_>, new: &Transfer) -> Result<(), Refused> {
    let Transfer { id, organization: _, kind, source, target, moved, before, made_by, made_at } = new;
    let (source, target) = (on_ticket(writing, *source).await?, on_ticket(writing, *target).await?);
    let values = vec![
        id.0.into(),
        writing.organization.into(),
        number(*kind).into(),
        source.into(),
        target.into(),
        json(before)?.into(),
        writing.organization.into(),
        made_by.0.into(),
        micros(*made_at).into(),
    ];
    let placed: Placed = portable::one(writing.transaction, INSERT, values).await?.ok_or(Refused::Stale)?;
    let way = Way { transfer: placed.serial, source };
    match moved {
        Moved::All => way.list_all(writing).await?,
        Moved::Comments(comments) => {
            let ids: Vec<Uuid> = comments.iter().map(|comment| comment.0).collect();
            way.list(writing, &ids).await?;
        }
    }
    way.go(writing, source, target).await
}

#[derive(FromQueryResult)]
struct Known {
    serial: i64,
    source: Uuid,
    target: Uuid,
}

const KNOWN: &str = "SELECT x.serial, s.id AS source, t.id AS target FROM ticket_transfer AS x \
    JOIN ticket AS s ON s.serial = x.source JOIN ticket AS t ON t.serial = x.target WHERE x.organization = ? AND x.id = ?";

pub(super) async fn undo(writing: &mut Writing<'_>, id: TransferId) -> Result<(), Refused> {
    let values = vec![writing.organization.into(), id.0.into()];
    let known: Known = portable::one(writing.transaction, KNOWN, values).await?.ok_or(Refused::Stale)?;
    let source = on_ticket(writing, TicketId(known.source)).await?;
    let target = on_ticket(writing, TicketId(known.target)).await?;
    let way = Way { transfer: known.serial, source };
    way.go(writing, target, source).await?;
    forget(writing, "serial = ?", vec![known.serial.into()]).await
}

/// What binds a ticket that is being deleted to others.
pub(super) async fn delete_of_ticket(writing: &Writing<'_>, ticket: i64) -> Result<(), Refused> {
    link::delete_of_ticket(writing, ticket).await?;
    forget(writing, "source = ? OR target = ?", vec![ticket.into(), ticket.into()]).await
}

async fn forget(writing: &Writing<'_>, which: &str, values: Vec<Value>) -> Result<(), Refused> {
    for listed in ["transferred_comment", "transferred_file"] {
        let text = format!("DELETE FROM {listed} WHERE transfer IN (SELECT serial FROM ticket_transfer WHERE {which})");
        portable::execute(writing.transaction, &text, values.clone()).await?;
    }
    portable::execute(writing.transaction, &format!("DELETE FROM ticket_transfer WHERE {which}"), values).await?;
    Ok(())
}

/// A transfer and the ticket that it began at.
struct Way {
    transfer: i64,
    source: i64,
}

/// How many went.
#[derive(FromQueryResult)]
struct Gone {
    public: i64,
    internal: i64,
}

impl Way {
    /// Lists all that the first ticket has.
    async fn list_all(&self, writing: &Writing<'_>) -> Result<(), Refused> {
        for text in [
            "INSERT INTO transferred_comment (transfer, comment) SELECT CAST(? AS BIGINT), serial FROM comment WHERE ticket = ?",
            "INSERT INTO transferred_file (transfer, file) SELECT CAST(? AS BIGINT), serial FROM file \
             WHERE ticket = ? AND comment IS NULL",
        ] {
            portable::execute(writing.transaction, text, vec![self.transfer.into(), self.source.into()]).await?;
        }
        Ok(())
    }

    /// Lists these comments of the first ticket. One that is not there has been deleted since the use case looked it up.
    async fn list(&self, writing: &Writing<'_>, comments: &[Uuid]) -> Result<(), Refused> {
        let text = format!(
            "INSERT INTO transferred_comment (transfer, comment) SELECT CAST(? AS BIGINT), serial FROM comment \
             WHERE ticket = ? AND id IN ({})",
            repeated("?", comments.len())
        );
        let of = [Value::from(self.transfer), self.source.into()];
        let values = of.into_iter().chain(comments.iter().map(|id| Value::from(*id))).collect();
        let listed = portable::execute(writing.transaction, &text, values).await?;
        if listed == comments.len() as u64 { Ok(()) } else { Err(Refused::Stale) }
    }

    /// Moves what is listed and still there, the files of comments with them, and counts it where it is now.
    async fn go(&self, writing: &Writing<'_>, from: i64, to: i64) -> Result<(), Refused> {
        let transaction = writing.transaction;
        let text = "SELECT CAST(COALESCE(SUM(CASE WHEN is_internal THEN 0 ELSE 1 END), 0) AS BIGINT) AS public, \
            CAST(COALESCE(SUM(CASE WHEN is_internal THEN 1 ELSE 0 END), 0) AS BIGINT) AS internal FROM comment \
            WHERE ticket = ? AND serial IN (SELECT comment FROM transferred_comment WHERE transfer = ?)";
        let gone = portable::one::<Gone>(transaction, text, vec![from.into(), self.transfer.into()]).await?;
        let Gone { public, internal } = gone.unwrap_or(Gone { public: 0, internal: 0 });
        let files = "UPDATE file SET ticket = ? WHERE ticket = ? \
            AND (serial IN (SELECT file FROM transferred_file WHERE transfer = ?) \
            OR comment IN (SELECT comment FROM transferred_comment WHERE transfer = ?))";
        let values = vec![to.into(), from.into(), self.transfer.into(), self.transfer.into()];
        let files = portable::execute(transaction, files, values).await?;
        let comments = "UPDATE comment SET ticket = ? WHERE ticket = ? \
            AND serial IN (SELECT comment FROM transferred_comment WHERE transfer = ?)";
        portable::execute(transaction, comments, vec![to.into(), from.into(), self.transfer.into()]).await?;
        let files = i64::try_from(files).unwrap_or(i64::MAX);
        recount(writing, from, [-public, -internal, -files]).await?;
        recount(writing, to, [public, internal, files]).await
    }
}

async fn recount(writing: &Writing<'_>, ticket: i64, [public, internal, files]: [i64; 3]) -> Result<(), Refused> {
    let text = "UPDATE ticket SET public_comments = public_comments + ?, internal_comments = internal_comments + ?, \
        file_count = file_count + ? WHERE serial = ?";
    let values = vec![public.into(), internal.into(), files.into(), ticket.into()];
    portable::execute(writing.transaction, text, values).await?;
    date_reply(writing, ticket).await
}
