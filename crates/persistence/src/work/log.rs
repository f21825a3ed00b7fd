//! The event log, and the history that is read from it.

use helpdesk_domain::event::{Event, HistoryEntry, Recorded, Subject};
use helpdesk_domain::kernel::id::{EventId, TicketId};
use sea_orm::{DbErr, FromQueryResult, Value};

use super::numbers::next;
use super::writing::Writing;
use super::{Refused, audit, webhook};
use crate::column::{json, micros, some_micros};
use crate::portable;

/// As many rows as one statement takes.
const ROWS: usize = 500;

/// Writes the events at the positions that the commit has taken, and their lines of history.
pub(super) async fn record(writing: &mut Writing<'_>, events: &[Event]) -> Result<(), Refused> {
    let mut recorded = Vec::new();
    for events in events.chunks(ROWS) {
        let mut values = Vec::with_capacity(events.len() * 10);
        for event in events {
            let (id, position) = (EventId(writing.store.ids.next()), next(&mut writing.numbers.position));
            values.extend(row(writing, id, position, event)?);
            if writing.numbers.webhooks > 0 {
                recorded.push(Recorded { id, position, event: event.clone() });
            }
        }
        let text = format!(
            "INSERT INTO event (organization, position, id, subject_kind, subject_id, actor_id, actor_name, at, payload, origin) VALUES {}",
            portable::repeated("(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", events.len())
        );
        portable::execute(writing.transaction, &text, values).await?;
    }
    audit::tell(writing, events).await?;
    if !recorded.is_empty() {
        webhook::tell(writing, &recorded).await?;
    }
    tell(writing, events).await
}

fn row(writing: &Writing<'_>, id: EventId, position: i64, event: &Event) -> Result<[Value; 10], DbErr> {
    let Event { organization: _, subject, actor, actor_name, origin, at, happened } = event;
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
        origin.as_ref().map(json).transpose()?.into(),
    ])
}

/// What the lines of a history are written into, and how many values each has.
const OF_TICKETS: &str = "INSERT INTO ticket_history (is_public, purge_at, origin, ticket, actor, action, details, field, old_value, \
    new_value, created_at) VALUES ";
const OF_ORDERS: &str =
    "INSERT INTO work_order_history (work_order, actor, action, details, field, old_value, new_value, created_at) VALUES ";
const LINE: &str = "?, (SELECT serial FROM account WHERE organization = ? AND id = ?), ?, ?, ?, ?, ?, ?";

async fn tell(writing: &Writing<'_>, events: &[Event]) -> Result<(), Refused> {
    let (mut of_tickets, mut of_orders) = (Vec::new(), Vec::new());
    for event in events {
        match event.subject {
            Subject::Ticket(ticket) => {
                let (ticket, purge_at) = place(writing, ticket).await?;
                let origin = event.origin.as_ref().map(json).transpose()?;
                of_tickets.extend(event.history().into_iter().map(|entry| {
                    let seen = vec![entry.is_public.into(), purge_at.into(), origin.clone().into()];
                    [seen, line(writing.organization, ticket, event, entry)].concat()
                }));
            }
            // The history of a work order goes with it.
            Subject::WorkOrder(order) => {
                let lines = writing.orders.get(&order).map(|serial| (*serial, event.history()));
                let lines = lines.into_iter().flat_map(|(serial, lines)| lines.into_iter().map(move |entry| (serial, entry)));
                of_orders.extend(lines.map(|(serial, entry)| line(writing.organization, serial, event, entry)));
            }
            _ => {}
        }
    }
    write(writing, OF_TICKETS, &format!("(?, ?, ?, {LINE})"), &of_tickets).await?;
    write(writing, OF_ORDERS, &format!("({LINE})"), &of_orders).await
}

async fn write(writing: &Writing<'_>, text: &str, place: &str, lines: &[Vec<Value>]) -> Result<(), Refused> {
    for lines in lines.chunks(ROWS) {
        let text = format!("{text}{}", portable::repeated(place, lines.len()));
        portable::execute(writing.transaction, &text, lines.concat()).await?;
    }
    Ok(())
}

fn line(organization: i64, whose: i64, event: &Event, entry: HistoryEntry) -> Vec<Value> {
    let HistoryEntry { action, details, field, old, new, is_public: _ } = entry;
    vec![
        whose.into(),
        organization.into(),
        event.actor.map(|id| id.0).into(),
        action.into(),
        details.into(),
        field.into(),
        old.into(),
        new.into(),
        micros(event.at).into(),
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
