//! One ticket, whole.

use helpdesk_domain::kernel::{Reference, Sight, StoreError};
use helpdesk_domain::ticket::TicketView;
use helpdesk_domain::ticket::port::Viewer;
use sea_orm::{DbErr, Value};

use super::conversation::{self, Heard};
use super::row::{COLUMNS, JOINS, read};
use super::tags;
use crate::attachment::of_ticket;
use crate::fault::fault;
use crate::sql::Sql;
use crate::store::Store;

/// How many comments are shown with a ticket, from the newest.
const MOST_COMMENTS: i64 = 1_000;

/// The ticket with its tags and its conversation and its files: five statements at most.
pub(super) async fn view(store: &Store, viewer: Viewer, ticket: &Reference) -> Result<Option<TicketView>, StoreError> {
    let Some(organization) = store.organization_serial(viewer.organization).await? else { return Ok(None) };
    let Some(named) = named(ticket) else { return Ok(None) };
    load(store, organization, viewer.sight, named).await.map_err(fault)
}

async fn load(store: &Store, organization: i64, sight: Sight, named: Sql) -> Result<Option<TicketView>, DbErr> {
    let connection = store.reader();
    let mut question =
        Sql::new(format!("SELECT {COLUMNS} FROM ticket AS t {JOINS} WHERE t.organization = ? AND "), [organization.into()]);
    question.append(named).append(seen(sight));
    let listed = question.one(connection, |fields| read(fields, sight)).await?;
    let Some(listed) = tags::filled(connection, listed.into_iter().collect()).await?.pop() else { return Ok(None) };
    let heard = Heard { ticket: listed.row.serial, internal: listed.shows_internal };
    let mut comments =
        if listed.row.comment_count > 0 { conversation::newest(connection, heard, MOST_COMMENTS).await? } else { Vec::new() };
    let attachments = if listed.has_files { of_ticket(connection, heard.ticket, heard.internal).await? } else { Vec::new() };
    conversation::filed(&mut comments, &attachments);
    Ok(Some(TicketView { row: listed.row, comments, attachments }))
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
pub(super) fn seen(sight: Sight) -> Sql {
    match sight {
        Sight::All => Sql::default(),
        Sight::Own(user) => Sql::new(" AND r.id = ?", [user.0.into()]),
        Sight::OwnAndAssigned(user) => Sql::new(" AND (r.id = ? OR a.id = ?)", [user.0.into(), user.0.into()]),
    }
}

/// `TX0001` and on.
fn number(name: &str) -> Option<i64> {
    let digits = name.strip_prefix("TX").or_else(|| name.strip_prefix("tx"))?;
    digits.bytes().all(|digit| digit.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}
