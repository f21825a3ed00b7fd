//! Taking people out of everything that is kept.

use helpdesk_domain::event::Happened;
use helpdesk_domain::kernel::Moment;
use helpdesk_domain::kernel::id::{TicketId, UserId};
use helpdesk_domain::privacy::{ERASED, ERASED_USER};
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use super::comment::on_ticket;
use super::writing::Writing;
use super::{Refused, file};
use crate::column::{json, micros};
use crate::portable;

#[derive(FromQueryResult)]
struct Account {
    serial: i64,
    email: String,
}

const ACCOUNT: &str = "UPDATE account SET username = ?, username_key = ?, email = ?, email_key = ?, password_hash = '', \
    first_name = 'Erased', last_name = 'user', middle_name = '', suffix = '', is_active = ?, department = NULL, image = NULL, \
    last_active_at = NULL, deleted_at = COALESCE(deleted_at, ?), erased_at = ?, updated_at = ?, revision = revision + 1 \
    WHERE serial = ?";

const REJECTION: &str = "UPDATE rejection SET first_name = 'Erased', last_name = 'user', email = '', reason = NULL \
    WHERE organization = ? AND account = ?";

/// The account, and what hangs on it. [`Refused::Stale`] when the person is erased already.
pub(super) async fn user(writing: &Writing<'_>, id: UserId, at: Moment) -> Result<(), Refused> {
    let transaction = writing.transaction;
    let found = "SELECT serial, email FROM account WHERE organization = ? AND id = ? AND erased_at IS NULL";
    let found = portable::one(transaction, found, vec![writing.organization.into(), id.0.into()]).await?;
    let Account { serial, email } = found.ok_or(Refused::Stale)?;
    file::put_on(writing, id, None, at).await?;
    let nobody = format!("erased-{id}");
    let address = format!("{nobody}@erased.invalid");
    let at = Value::from(micros(at));
    let values = vec![
        nobody.clone().into(),
        nobody.into(),
        address.clone().into(),
        address.into(),
        false.into(),
        at.clone(),
        at.clone(),
        at.clone(),
        serial.into(),
    ];
    portable::execute(transaction, ACCOUNT, values).await?;
    let organization = Value::from(writing.organization);
    let own: [(&str, Vec<Value>); 5] = [
        ("DELETE FROM api_key WHERE account = ?", vec![serial.into()]),
        ("DELETE FROM mail_mute WHERE account = ?", vec![serial.into()]),
        (
            "DELETE FROM mail WHERE organization = ? AND (user_id = ? OR recipient = ?)",
            vec![organization.clone(), id.0.into(), email.into()],
        ),
        ("DELETE FROM idempotency_key WHERE account_id = ?", vec![id.0.into()]),
        (REJECTION, vec![organization, id.0.into()]),
    ];
    for (text, values) in own {
        portable::execute(transaction, text, values).await?;
    }
    files(writing, "uploader = ? AND ticket IS NULL", vec![serial.into()], &at).await.map(drop)
}

/// Removes files; their objects go with the next sweep. Answers how many they were.
async fn files(writing: &Writing<'_>, which: &str, values: Vec<Value>, at: &Value) -> Result<u64, Refused> {
    let note = format!("INSERT INTO loose_object (object, since) SELECT object, CAST(? AS BIGINT) FROM file WHERE {which}");
    let noting = std::iter::once(at.clone()).chain(values.clone()).collect();
    portable::execute(writing.transaction, &note, noting).await?;
    Ok(portable::execute(writing.transaction, &format!("DELETE FROM file WHERE {which}"), values).await?)
}

#[derive(FromQueryResult)]
struct Serial {
    serial: i64,
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

const TICKET: &str = "UPDATE ticket SET title = ?, description = ?, contact_email = NULL, custom_fields = '{}', \
    revision = revision + 1 WHERE organization = ? AND id = ? AND requester = ? RETURNING serial";

/// What the person said on the ticket, and on the one that it was merged into.
const COMMENTS: &str = "UPDATE comment SET content = ?, mentions = '[]', revision = revision + 1 WHERE author = ? \
    AND (ticket = ? OR ticket IN (SELECT target FROM ticket_transfer WHERE source = ?))";

const MERGED_INTO: &str = "SELECT t.id FROM ticket_transfer AS x JOIN ticket AS t ON t.serial = x.target WHERE x.source = ?";

const LINES: &str = "UPDATE ticket_history SET old_value = NULL, new_value = NULL, details = CASE field \
    WHEN 'title' THEN 'Title updated' WHEN 'contact_email' THEN 'Contact email updated' ELSE details END \
    WHERE ticket = ? AND field IN ('title', 'description', 'contact_email', 'custom_fields')";

const FILE_LINES: &str = "UPDATE ticket_history SET details = CASE action WHEN 'attachment_added' THEN 'Attachment added' \
    ELSE 'Attachment removed' END WHERE ticket = ? AND actor = ? AND action IN ('attachment_added', 'attachment_removed')";

/// What the person wrote on tickets that they asked for.
pub(super) async fn tickets(writing: &mut Writing<'_>, user: UserId, tickets: &[TicketId], at: Moment) -> Result<(), Refused> {
    let text = "SELECT serial FROM account WHERE organization = ? AND id = ?";
    let values = vec![writing.organization.into(), user.0.into()];
    let account: Serial = portable::one(writing.transaction, text, values).await?.ok_or(Refused::Stale)?;
    for ticket in tickets {
        erase_ticket(writing, account.serial, *ticket, at).await?;
    }
    Ok(())
}

async fn erase_ticket(writing: &mut Writing<'_>, account: i64, id: TicketId, at: Moment) -> Result<(), Refused> {
    let transaction = writing.transaction;
    let values = vec![ERASED.into(), ERASED.into(), writing.organization.into(), id.0.into(), account.into()];
    let Some(Serial { serial }) = portable::one(transaction, TICKET, values).await? else { return Ok(()) };
    portable::execute(transaction, COMMENTS, vec![ERASED.into(), account.into(), serial.into(), serial.into()]).await?;
    let rating = "UPDATE rating SET comment = NULL, revision = revision + 1 WHERE ticket = ? AND comment IS NOT NULL";
    portable::execute(transaction, rating, vec![serial.into()]).await?;
    portable::execute(transaction, LINES, vec![serial.into()]).await?;
    portable::execute(transaction, FILE_LINES, vec![serial.into(), account.into()]).await?;
    let own = vec![serial.into(), account.into()];
    let gone = files(writing, "ticket = ? AND uploader = ?", own, &micros(at).into()).await?;
    let recount = "UPDATE ticket SET file_count = file_count - ? WHERE serial = ?";
    let gone = i64::try_from(gone).unwrap_or(0);
    portable::execute(transaction, recount, vec![gone.into(), serial.into()]).await?;
    // what is written there now is what is found from now on
    on_ticket(writing, id).await?;
    let merged: Vec<Id> = portable::all(transaction, MERGED_INTO, vec![serial.into()]).await?;
    for Id { id } in merged {
        on_ticket(writing, TicketId(id)).await?;
    }
    Ok(())
}

const REWRITE: &str = "UPDATE event SET actor_name = ?, payload = ? WHERE organization = ? AND position = ?";

/// What events say from now on; their places stay.
pub(super) async fn events(writing: &Writing<'_>, events: &[(i64, String, Happened)]) -> Result<(), Refused> {
    for (position, name, happened) in events {
        let values = vec![name.as_str().into(), json(happened)?.into(), writing.organization.into(), (*position).into()];
        portable::execute(writing.transaction, REWRITE, values).await?;
    }
    Ok(())
}

const HISTORY: &str = "UPDATE ticket_history SET details = REPLACE(details, ?, ?), \
    old_value = CASE WHEN field = 'assigned_to' AND old_value = ? THEN ? ELSE old_value END, \
    new_value = CASE WHEN field = 'assigned_to' AND new_value = ? THEN ? ELSE new_value END \
    WHERE serial > ? AND serial <= ? AND (field = 'assigned_to' AND (old_value = ? OR new_value = ?) \
    OR actor = (SELECT serial FROM account WHERE organization = ? AND id = ?)) \
    AND EXISTS (SELECT 1 FROM ticket AS t WHERE t.serial = ticket_history.ticket AND t.organization = ?)";

/// Lines that the person did, and lines of who got or lost a ticket under their name.
pub(super) async fn history(writing: &Writing<'_>, user: UserId, name: &str, after: i64, to: i64) -> Result<(), Refused> {
    let (name, nobody) = (Value::from(name), Value::from(ERASED_USER));
    let organization = Value::from(writing.organization);
    let values = vec![
        name.clone(),
        nobody.clone(),
        name.clone(),
        nobody.clone(),
        name.clone(),
        nobody,
        after.into(),
        to.into(),
        name.clone(),
        name,
        organization.clone(),
        user.0.into(),
        organization,
    ];
    portable::execute(writing.transaction, HISTORY, values).await?;
    Ok(())
}
