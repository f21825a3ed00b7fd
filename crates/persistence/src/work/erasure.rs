//! Taking people out of everything that is kept.

use helpdesk_domain::event::Happened;
use helpdesk_domain::kernel::Moment;
use helpdesk_domain::kernel::id::{TicketId, UserId};
use helpdesk_domain::privacy::{ERASED, ERASED_USER};
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use super::comment::on_ticket;
use super::writing::Writing;
use super::{Refused, file, identity, work_order};
use crate::account_tally;
use crate::column::{json, micros};
use crate::portable;
use crate::sql::Sql;

#[derive(FromQueryResult)]
struct Account {
    serial: i64,
    email: String,
}

const ACCOUNT: &str = "UPDATE account SET username = ?, username_key = ?, email = ?, email_key = ?, password_hash = '', \
    first_name = 'Erased', last_name = 'user', middle_name = '', suffix = '', is_active = ?, department = NULL, image = NULL, \
    last_active_at = NULL, deleted_at = COALESCE(deleted_at, ?), erased_at = ?, updated_at = ?, revision = revision + 1 \
    WHERE serial = ?";

/// Whom work is done for, where that is the person.
const CUSTOMERS: &str = "UPDATE customer SET name = 'Erased user', name_key = 'erased user', email = '', phone = '', \
    company = '', search_key = 'erased user', revision = revision + 1 WHERE account = ?";

/// Where they live.
const LOCATIONS: &str = "UPDATE location SET name = 'Erased', name_key = 'erased', address = '', city = '', postal_code = '', \
    search_key = 'erased', latitude = NULL, longitude = NULL, revision = revision + 1 \
    WHERE customer IN (SELECT serial FROM customer WHERE account = ?)";

const MAILS: &str = "DELETE FROM mail WHERE organization = ? AND (user_id = ? OR recipient = ?)";

const REJECTION: &str = "UPDATE rejection SET first_name = 'Erased', last_name = 'user', email = '', reason = NULL \
    WHERE organization = ? AND account = ?";

/// The account, and what hangs on it. [`Refused::Stale`] when the person is erased already.
pub(super) async fn user(writing: &mut Writing<'_>, id: UserId, at: Moment) -> Result<(), Refused> {
    let found = "SELECT serial, email FROM account WHERE organization = ? AND id = ? AND erased_at IS NULL";
    let found = portable::one(writing.transaction, found, vec![writing.organization.into(), id.0.into()]).await?;
    let Account { serial, email } = found.ok_or(Refused::Stale)?;
    let before = identity::counted(writing, id).await?;
    account_tally::apply(writing.transaction, writing.organization, before, None).await?;
    file::put_on(writing, id, None, at).await?;
    let nobody = Value::from(format!("erased-{id}"));
    let address = Value::from(format!("erased-{id}@erased.invalid"));
    let at = Value::from(micros(at));
    let names = [nobody.clone(), nobody, address.clone(), address, false.into()];
    let values = names.into_iter().chain([at.clone(), at.clone(), at.clone(), serial.into()]).collect();
    portable::execute(writing.transaction, ACCOUNT, values).await?;
    belongings(writing, id, serial, email).await?;
    let theirs = Sql::new("SELECT serial FROM customer WHERE account = ?", [serial.into()]);
    for customer in theirs.column::<i64>(writing.transaction).await? {
        work_order::reindex_of(writing, customer).await?;
    }
    files(writing, "uploader = ? AND ticket IS NULL", vec![serial.into()], &at).await.map(drop)
}

/// Keys, mails, choices, and what is kept of them as a customer or of a rejection.
async fn belongings(writing: &Writing<'_>, id: UserId, account: i64, email: String) -> Result<(), Refused> {
    let organization = Value::from(writing.organization);
    let all: [(&str, Vec<Value>); 12] = [
        ("DELETE FROM api_key WHERE account = ?", vec![account.into()]),
        ("DELETE FROM agent_routing WHERE account = ?", vec![account.into()]),
        ("DELETE FROM mail_mute WHERE account = ?", vec![account.into()]),
        ("DELETE FROM notification WHERE account = ?", vec![account.into()]),
        ("DELETE FROM notification_preference WHERE account = ?", vec![account.into()]),
        ("DELETE FROM saved_filter WHERE private_to = ?", vec![account.into()]),
        ("DELETE FROM template WHERE private_to = ?", vec![account.into()]),
        (LOCATIONS, vec![account.into()]),
        (CUSTOMERS, vec![account.into()]),
        (MAILS, vec![organization.clone(), id.0.into(), email.into()]),
        ("DELETE FROM idempotency_key WHERE account_id = ?", vec![id.0.into()]),
        (REJECTION, vec![organization, id.0.into()]),
    ];
    for (text, values) in all {
        portable::execute(writing.transaction, text, values).await?;
    }
    Ok(())
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

const RATING: &str = "UPDATE rating SET comment = NULL, revision = revision + 1 WHERE ticket = ? AND comment IS NOT NULL";

const FILE_COUNT: &str = "UPDATE ticket SET file_count = file_count - ? WHERE serial = ?";

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
    portable::execute(transaction, RATING, vec![serial.into()]).await?;
    portable::execute(transaction, LINES, vec![serial.into()]).await?;
    portable::execute(transaction, FILE_LINES, vec![serial.into(), account.into()]).await?;
    let own = vec![serial.into(), account.into()];
    let gone = files(writing, "ticket = ? AND uploader = ?", own, &micros(at).into()).await?;
    let gone = i64::try_from(gone).unwrap_or(0);
    portable::execute(transaction, FILE_COUNT, vec![gone.into(), serial.into()]).await?;
    // what is written there now is what is found from now on
    on_ticket(writing, id).await?;
    let merged: Vec<Id> = portable::all(transaction, MERGED_INTO, vec![serial.into()]).await?;
    for Id { id } in merged {
        on_ticket(writing, TicketId(id)).await?;
    }
    Ok(())
}

const REWRITE: &str = "UPDATE event SET actor_name = ?, payload = ? WHERE organization = ? AND position = ?";

/// What people were told of an event says what it said.
const UNNOTIFY: &str = "DELETE FROM notification WHERE event = (SELECT id FROM event WHERE organization = ? AND position = ?)";

/// What events say from now on; their places stay.
pub(super) async fn events(writing: &Writing<'_>, events: &[(i64, String, Happened)]) -> Result<(), Refused> {
    for (position, name, happened) in events {
        let values = vec![name.as_str().into(), json(happened)?.into(), writing.organization.into(), (*position).into()];
        portable::execute(writing.transaction, REWRITE, values).await?;
        let place = vec![writing.organization.into(), (*position).into()];
        portable::execute(writing.transaction, UNNOTIFY, place).await?;
    }
    Ok(())
}

/// Histories: of what, and which of its fields holds somebody's name.
const HISTORIES: [(&str, &str); 2] = [("ticket", "assigned_to"), ("work_order", "assigned_technician")];

/// Lines that the person did, and lines of who got or lost a thing under their name.
pub(super) async fn history(writing: &Writing<'_>, user: UserId, name: &str, after: i64, to: i64) -> Result<(), Refused> {
    for (thing, field) in HISTORIES {
        let text = format!(
            "UPDATE {thing}_history SET details = REPLACE(details, ?, ?), \
             old_value = CASE WHEN field = '{field}' AND old_value = ? THEN ? ELSE old_value END, \
             new_value = CASE WHEN field = '{field}' AND new_value = ? THEN ? ELSE new_value END \
             WHERE serial > ? AND serial <= ? AND (field = '{field}' AND (old_value = ? OR new_value = ?) \
             OR actor = (SELECT serial FROM account WHERE organization = ? AND id = ?)) \
             AND EXISTS (SELECT 1 FROM {thing} AS t WHERE t.serial = {thing}_history.{thing} AND t.organization = ?)"
        );
        let (name, organization) = (Value::from(name), Value::from(writing.organization));
        let swapped = vec![name.clone(), ERASED_USER.into()];
        let values = [
            [swapped.clone(), swapped.clone(), swapped].concat(),
            vec![after.into(), to.into(), name.clone(), name, organization.clone(), user.0.into(), organization],
        ];
        portable::execute(writing.transaction, &text, values.concat()).await?;
    }
    Ok(())
}
