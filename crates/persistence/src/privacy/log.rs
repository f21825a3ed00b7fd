//! What the event log tells of people.

use helpdesk_domain::event::Recorded;
use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::kernel::id::{OrganizationId, TicketId, UserId};
use sea_orm::DbErr;
use uuid::Uuid;

use crate::Store;
use crate::column::damaged;
use crate::entity::event;
use crate::event::recorded;
use crate::fault::fault;
use crate::portable;
use crate::sql::{Sql, uuids};
use crate::work::{REACHED, REACHED_SCOPE};

const EVENT: &str = "SELECT e.organization, e.position, e.id, e.subject_kind, e.subject_id, e.actor_id, e.actor_name, e.at, \
    e.payload, e.origin FROM event AS e WHERE e.organization = ?";

/// What names a ticket, and what others did to comments and files, is read besides: only the log itself says whose they were.
const BESIDES: &str = " OR e.payload LIKE '%\"number\":%' OR e.payload LIKE '%\"type\":\"comment_edited\"%' \
    OR e.payload LIKE '%\"type\":\"attachment_removed\"%' OR e.payload LIKE '%\"type\":\"file_deleted\"%')";

pub(super) async fn reached(store: &Store, organization: OrganizationId, person: UserId) -> Result<i64, DbErr> {
    let text = "SELECT k.fingerprint FROM idempotency_key AS k JOIN account AS a ON a.id = k.account_id \
        JOIN organization AS o ON o.serial = a.organization WHERE o.id = ? AND k.account_id = ? AND k.scope = ? AND k.key = ?";
    let values = [organization.0.into(), person.0.into(), REACHED_SCOPE.into(), REACHED.into()];
    let position: Option<String> = Sql::new(text, values).one(store.reader(), |row| row.next()).await?;
    position.map_or(Ok(0), |position| position.parse().map_err(|_| damaged("position", &position)))
}

pub(super) async fn deeds(
    store: &Store,
    organization: OrganizationId,
    person: UserId,
    tickets: &[TicketId],
    until: i64,
) -> Result<Vec<Recorded>, StoreError> {
    let Some(serial) = store.organization_serial(organization).await? else { return Ok(Vec::new()) };
    let mut question = Sql::new(EVENT, [serial.into()]);
    question.bind(" AND e.position <= ? AND e.actor_id = ?", [until.into(), person.0.into()]);
    question.push(" AND (e.subject_kind = 'file' OR e.subject_id IN ");
    question.append(uuids(store.backend(), tickets.iter().map(|ticket| ticket.0)).map_err(fault)?);
    question.push(") ORDER BY e.position");
    read(store, organization, question).await
}

pub(super) async fn events(
    store: &Store,
    organization: OrganizationId,
    person: UserId,
    things: &[Uuid],
    after: i64,
    positions: i64,
) -> Result<Option<(Vec<Recorded>, i64)>, StoreError> {
    let Some(serial) = store.organization_serial(organization).await? else { return Ok(None) };
    let last = Sql::new("SELECT last_event_position FROM organization WHERE serial = ?", [serial.into()]);
    let last = last.number(store.reader()).await.map_err(fault)?;
    if last <= after {
        return Ok(None);
    }
    let end = last.min(after + positions);
    let mut question = Sql::new(EVENT, [serial.into()]);
    question.bind(" AND e.position > ? AND e.position <= ?", [after.into(), end.into()]);
    let named = format!("%{person}%");
    question
        .bind(" AND (e.actor_id = ? OR e.subject_id = ? OR e.payload LIKE ?", [person.0.into(), person.0.into(), named.into()]);
    question.push(" OR e.subject_id IN ");
    question.append(uuids(store.backend(), things.iter().copied()).map_err(fault)?);
    question.push(BESIDES).push(" ORDER BY e.position");
    Ok(Some((read(store, organization, question).await?, end)))
}

async fn read(store: &Store, organization: OrganizationId, question: Sql) -> Result<Vec<Recorded>, StoreError> {
    let (text, values) = question.into_parts();
    let rows: Vec<event::Model> = portable::all(store.reader(), &text, values).await.map_err(fault)?;
    rows.into_iter().map(|row| recorded(organization, row)).collect::<Result<_, _>>().map_err(fault)
}
