//! The event log, and the history that is read from it.

use helpdesk_domain::event::{Event, HistoryEntry, Recorded, Subject};
use helpdesk_domain::kernel::id::{EventId, TicketId};
use sea_orm::{DbErr, FromQueryResult, Value};

use super::numbers::next;
use super::writing::Writing;
use super::{Refused, webhook};
use crate::column::{json, micros, some_micros};
use crate::portable;

/// As many rows as one statement takes.
const ROWS: usize = 500;

/// Writes the events at the positions that the commit has taken, and their lines of history.
pub(super) async fn record(writing: &mut Writing<'_>, events: &[Event]) -> Result<(), Refused> {
    let mut recorded = Vec::new();
    for events in events.chunks(ROWS) {
        let mut values = Vec::with_capacity(events.len() * 9);
        for event in events {
            let (id, position) = (EventId(writing.store.ids.next()), next(&mut writing.numbers.position));
            values.extend(row(writing, id, position, event)?);
            if writing.numbers.webhooks > 0 {
                recorded.push(Recorded { id, position, event: event.clone() });
            }
        }
        let text = format!(
            "INSERT INTO event (organization, position, id, subject_kind, subject_id, actor_id, actor_name, at, payload) VALUES {}",
            portable::repeated("(?, ?, ?, ?, ?, ?, ?, ?, ?)", events.len())
        );
        portable::execute(writing.transaction, &text, values).await?;
    }
    if !recorded.is_empty() {
        webhook::tell(writing, &recorded).await?;
    }
    tell(writing, events).await
}

fn row(writing: &Writing<'_>, id: EventId, position: i64, event: &Event) -> Result<[Value; 9], DbErr> {
    let Event { organization: _, subject, actor, actor_name, at, happened } = event;
    Ok([
        writing.organization.into(),
        position.into(),
        id.0.into(),
        subject.kind().into(),
        subject.id().into(),
        actor.map(|id| id.0).into(),
        actor_name.as_str().into(),
        micros(*at).into(),
        json(happened)?.into(),
    ])
}

async fn tell(writing: &Writing<'_>, events: &[Event]) -> Result<(), Refused> {
    let mut lines = Vec::new();
    for event in events {
        let Subject::Ticket(ticket) = event.subject else { continue };
        let (ticket, purge_at) = place(writing, ticket).await?;
        lines.extend(event.history().into_iter().map(|entry| line(writing.organization, ticket, purge_at, event, entry)));
    }
    for lines in lines.chunks(ROWS) {
        let text = format!(
            "INSERT INTO ticket_history (ticket, actor, action, details, field, old_value, new_value, is_public, created_at, \
             purge_at) VALUES {}",
            portable::repeated(
                "(?, (SELECT serial FROM account WHERE organization = ? AND id = ?), ?, ?, ?, ?, ?, ?, ?, ?)",
                lines.len()
            )
        );
        portable::execute(writing.transaction, &text, lines.concat()).await?;
    }
    Ok(())
}

fn line(organization: i64, ticket: i64, purge_at: Option<i64>, event: &Event, entry: HistoryEntry) -> Vec<Value> {
    let HistoryEntry { action, details, field, old, new, is_public } = entry;
    vec![
        ticket.into(),
        organization.into(),
        event.actor.map(|id| id.0).into(),
        action.into(),
        details.into(),
        field.into(),
        old.into(),
        new.into(),
        is_public.into(),
        micros(event.at).into(),
        purge_at.into(),
    ]
}

/// The ticket's integer, and when its history goes.
async fn place(writing: &Writing<'_>, id: TicketId) -> Result<(i64, Option<i64>), Refused> {
    #[derive(FromQueryResult)]
    struct Row {
        serial: i64,
    }
    if let Some(touched) = writing.touched.get(&id) {
        return Ok((touched.serial, None));
    }
    if let Some((serial, purge_at)) = writing.deleted.get(&id) {
        return Ok((*serial, some_micros(Some(*purge_at))));
    }
    let text = "SELECT serial FROM ticket WHERE organization = ? AND id = ?";
    let found: Option<Row> = portable::one(writing.transaction, text, vec![writing.organization.into(), id.0.into()]).await?;
    Ok((found.ok_or(Refused::Stale)?.serial, None))
}
