//! Taking people out of everything that is kept.

use helpdesk_domain::kernel::Moment;
use helpdesk_domain::kernel::id::{TicketId, UserId};
use helpdesk_domain::privacy::ERASED;
use sea_orm::{FromQueryResult, Value};
use serde_json::Value as Json;
use uuid::Uuid;

use super::comment::on_ticket;
use super::writing::Writing;
use super::{Refused, file, identity, work_order};
use crate::account_tally;
use crate::column::{from_json, json, micros};
use crate::portable;
use crate::sql::Sql;

#[derive(FromQueryResult)]
struct Account {
    serial: i64,
    username: String,
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

/// What was handed to other programs about a thing, or is to be: the whole of it, so that nothing waits for what is gone.
const HANDED_OVER: &str = "DELETE FROM delivery WHERE organization = ? AND subject = ?";

/// The account, and what hangs on it. [`Refused::Stale`] when the person is erased already.
pub(super) async fn user(writing: &mut Writing<'_>, id: UserId, at: Moment) -> Result<(), Refused> {
    let found = "SELECT serial, username, email FROM account WHERE organization = ? AND id = ? AND erased_at IS NULL";
    let found = portable::one(writing.transaction, found, vec![writing.organization.into(), id.0.into()]).await?;
    let Account { serial, username, email } = found.ok_or(Refused::Stale)?;
    let before = identity::counted(writing, id).await?;
    account_tally::apply(writing.transaction, writing.organization, before, None).await?;
    file::put_on(writing, id, None, at).await?;
    let nobody = Value::from(format!("erased-{id}"));
    let address = Value::from(format!("erased-{id}@erased.invalid"));
    let now = Value::from(micros(at));
    let names = [nobody.clone(), nobody, address.clone(), address, false.into()];
    let values = names.into_iter().chain([now.clone(), now.clone(), now, serial.into()]).collect();
    portable::execute(writing.transaction, ACCOUNT, values).await?;
    exports(writing, &[&username, &email]).await?;
    belongings(writing, id, serial, email).await?;
    let theirs = Sql::new("SELECT serial FROM customer WHERE account = ?", [serial.into()]);
    for customer in theirs.column::<i64>(writing.transaction).await? {
        work_order::reindex_of(writing, customer).await?;
    }
    file::delete_where(writing, "uploader = ? AND ticket IS NULL", vec![serial.into()], at).await.map(drop)
}

/// Keys, mails, choices, and what is kept of them as a customer or of a rejection.
async fn belongings(writing: &Writing<'_>, id: UserId, account: i64, email: String) -> Result<(), Refused> {
    let organization = Value::from(writing.organization);
    let all: [(&str, Vec<Value>); 14] = [
        ("DELETE FROM api_key WHERE account = ?", vec![account.into()]),
        ("DELETE FROM agent_routing WHERE account = ?", vec![account.into()]),
        ("DELETE FROM mail_mute WHERE account = ?", vec![account.into()]),
        ("DELETE FROM notification WHERE account = ?", vec![account.into()]),
        ("DELETE FROM notification_preference WHERE account = ?", vec![account.into()]),
        ("DELETE FROM saved_filter WHERE private_to = ?", vec![account.into()]),
        ("DELETE FROM template WHERE private_to = ?", vec![account.into()]),
        ("DELETE FROM macro WHERE private_to = ?", vec![account.into()]),
        (LOCATIONS, vec![account.into()]),
        (CUSTOMERS, vec![account.into()]),
        (MAILS, vec![organization.clone(), id.0.into(), email.into()]),
        (HANDED_OVER, vec![organization.clone(), id.0.into()]),
        ("DELETE FROM idempotency_key WHERE account_id = ?", vec![id.0.into()]),
        (REJECTION, vec![organization, id.0.into()]),
    ];
    for (text, values) in all {
        portable::execute(writing.transaction, text, values).await?;
    }
    Ok(())
}

/// What the audit log tells of exports that were asked for by the person's names.
async fn exports(writing: &Writing<'_>, names: &[&str]) -> Result<(), Refused> {
    let text = "SELECT serial, details FROM audit_entry WHERE organization = ? AND action = 'tickets.exported'";
    let lines = Sql::new(text, [writing.organization.into()]);
    let lines = lines.all(writing.transaction, |row| Ok((row.next::<i64>()?, row.next::<String>()?))).await?;
    let names: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    for (serial, details) in lines {
        let before: Json = from_json(&details)?;
        let after = unnamed(&before, &names);
        if after != before {
            let update = "UPDATE audit_entry SET details = ? WHERE serial = ?";
            portable::execute(writing.transaction, update, vec![json(&after)?.into(), serial.into()]).await?;
        }
    }
    Ok(())
}

/// The value, with each text erased that has one of the names in it.
fn unnamed(value: &Json, names: &[String]) -> Json {
    match value {
        Json::String(text) if names.iter().any(|name| text.to_lowercase().contains(name)) => ERASED.into(),
        Json::Object(fields) => fields.iter().map(|(field, value)| (field.clone(), unnamed(value, names))).collect(),
        Json::Array(values) => values.iter().map(|value| unnamed(value, names)).collect(),
        other => other.clone(),
    }
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

/// Comments that were on the ticket and went on, how far ever; the same of files of no comment.
const MOVED: &str = "SELECT m.comment FROM transferred_comment AS m JOIN ticket_transfer AS x ON x.serial = m.transfer \
    WHERE x.source = ?";
const MOVED_FILES: &str = "SELECT m.file FROM transferred_file AS m JOIN ticket_transfer AS x ON x.serial = m.transfer \
    WHERE x.source = ?";

const RATING: &str = "UPDATE rating SET comment = NULL, revision = revision + 1 WHERE ticket = ? AND comment IS NOT NULL";

const FILE_COUNT: &str =
    "UPDATE ticket SET file_count = (SELECT COUNT(*) FROM file WHERE file.ticket = ticket.serial) WHERE id = ?";

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
    let elsewhere = elsewhere(writing, serial).await?;
    let comments = format!(
        "UPDATE comment SET content = ?, mentions = '[]', revision = revision + 1 WHERE author = ? \
         AND (ticket = ? OR serial IN ({MOVED}))"
    );
    portable::execute(transaction, &comments, vec![ERASED.into(), account.into(), serial.into(), serial.into()]).await?;
    portable::execute(transaction, RATING, vec![serial.into()]).await?;
    portable::execute(transaction, "DELETE FROM notification WHERE ticket = ?", vec![id.0.into()]).await?;
    portable::execute(transaction, "DELETE FROM rule_log WHERE ticket = ?", vec![id.0.into()]).await?;
    portable::execute(transaction, HANDED_OVER, vec![writing.organization.into(), id.0.into()]).await?;
    let theirs = format!("uploader = ? AND (ticket = ? OR comment IN ({MOVED}) OR serial IN ({MOVED_FILES}))");
    let values = vec![account.into(), serial.into(), serial.into(), serial.into()];
    file::delete_where(writing, &theirs, values, at).await?;
    for ticket in std::iter::once(id).chain(elsewhere) {
        portable::execute(transaction, FILE_COUNT, vec![ticket.0.into()]).await?;
        // what is written there now is what is found from now on
        on_ticket(writing, ticket).await?;
    }
    Ok(())
}

/// The tickets that have now what was on this one.
async fn elsewhere(writing: &Writing<'_>, ticket: i64) -> Result<Vec<TicketId>, Refused> {
    let text = format!(
        "SELECT id FROM ticket WHERE serial <> ? AND (serial IN (SELECT ticket FROM comment WHERE serial IN ({MOVED})) \
         OR serial IN (SELECT ticket FROM file WHERE serial IN ({MOVED_FILES})))"
    );
    let found: Vec<Id> = portable::all(writing.transaction, &text, vec![ticket.into(), ticket.into(), ticket.into()]).await?;
    Ok(found.into_iter().map(|found| TicketId(found.id)).collect())
}
