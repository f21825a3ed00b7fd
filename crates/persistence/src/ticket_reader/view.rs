//! One ticket, whole.

use helpdesk_domain::kernel::{Reference, Sight, StoreError};
use helpdesk_domain::ticket::TicketView;
use helpdesk_domain::ticket::port::Viewer;
use sea_orm::{DbErr, Value};

use super::conversation::{filed, mentioned, newest, read_comment};
use super::row::{JOINS, Listed, read, tickets};
use crate::attachment::of_ticket;
use crate::fault::fault;
use crate::sql::{Fields, Sql};
use crate::store::Store;

/// How many comments are shown with a ticket, from the newest.
const MOST_COMMENTS: i64 = 1_000;

/// The ticket with its tags and its conversation in one statement; one more where somebody is mentioned, one where there
/// are files.
pub(super) async fn view(store: &Store, viewer: Viewer, ticket: &Reference) -> Result<Option<TicketView>, StoreError> {
    let Some(organization) = store.organization_serial(viewer.organization).await? else { return Ok(None) };
    let Some(named) = named(ticket) else { return Ok(None) };
    load(store, organization, viewer.sight, named).await.map_err(fault)
}

async fn load(store: &Store, organization: i64, sight: Sight, named: Sql) -> Result<Option<TicketView>, DbErr> {
    let connection = store.reader();
    let backend = connection.get_database_backend();
    // The comments are a part of the columns, which begin the statement.
    let (comments, values) = newest(backend, sight, MOST_COMMENTS).into_parts();
    let tickets = tickets(backend, &format!(", {comments}"), "");
    let mut question =
        Sql::new(format!("SELECT CAST({tickets} AS TEXT) FROM ticket AS t {JOINS} WHERE t.organization = ? AND "), values);
    question.bind("", [organization.into()]).append(named).append(seen(sight));
    let ticket = |fields: &mut Fields<'_>| Ok((read(fields, sight)?, fields.rows(read_comment)?));
    let found = question.one(connection, |row| row.rows(ticket)).await?.and_then(|mut tickets| tickets.pop());
    let Some((Listed { row, has_files, shows_internal, .. }, said)) = found else { return Ok(None) };
    let mut comments = mentioned(connection, said).await?;
    let attachments = if has_files { of_ticket(connection, row.serial, shows_internal).await? } else { Vec::new() };
    filed(&mut comments, &attachments);
    Ok(Some(TicketView { row, comments, attachments }))
}

/// Which ticket `t` is meant; none when no ticket has such a name.
pub(super) fn named(ticket: &Reference) -> Option<Sql> {
    Some(match ticket {
        Reference::Id(id) => Sql::new("t.id = ?", [(*id).into()]),
        Reference::Serial(serial) => Sql::new("t.serial = ?", [(*serial).into()]),
        Reference::Name(name) => Sql::new("t.number = ?", [Value::from(number(name)?)]),
    })
}

/// ` AND …` for what is seen of tickets whose requester is joined as `r` and whose assignee as `a`.
pub(crate) fn seen(sight: Sight) -> Sql {
    match sight {
        Sight::All => Sql::default(),
        Sight::Own(user) => Sql::new(" AND r.id = ?", [user.0.into()]),
        Sight::OwnAndAssigned(user) => Sql::new(" AND (r.id = ? OR a.id = ?)", [user.0.into(), user.0.into()]),
    }
}

/// `TX0001` and on.
pub(super) fn number(name: &str) -> Option<i64> {
    let digits = name.strip_prefix("TX").or_else(|| name.strip_prefix("tx"))?;
    digits.bytes().all(|digit| digit.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}
