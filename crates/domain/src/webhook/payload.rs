//! What a webhook is told.

use serde::Serialize;
use uuid::Uuid;

use super::EventFilter;
use crate::delivery::{Delivery, Recipient};
use crate::event::{Event, Happened, Origin, Recorded};
use crate::kernel::clock::Moment;
use crate::kernel::fault::StoreError;
use crate::kernel::id::{DeliveryId, EventId, Serial, UserId, WebhookId};

/// A webhook that is active, and what it is told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listener {
    /// The webhook.
    pub id: WebhookId,
    /// What it is told of.
    pub events: Vec<EventFilter>,
}

/// A ticket by the names that people use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TicketNames {
    /// Its integer.
    pub serial: Serial,
    /// Its number in the organization: 7 of `TX0007`.
    pub number: i64,
}

#[derive(Serialize)]
struct Payload<'a> {
    id: EventId,
    #[serde(rename = "type")]
    kind: &'a str,
    timestamp: Moment,
    seq: i64,
    actor: Option<Actor<'a>>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    origin: Option<&'a Origin>,
    subject: Subject,
    ticket: Option<Ticket>,
    data: &'a Happened,
}

#[derive(Serialize)]
struct Actor<'a> {
    id: UserId,
    name: &'a str,
}

#[derive(Serialize)]
struct Subject {
    kind: &'static str,
    id: Uuid,
}

#[derive(Serialize)]
struct Ticket {
    id: Uuid,
    serial: Serial,
    number: String,
}

/// The messages that an event becomes: one for each listener that wants it, all of one text. They are to be written by the
/// commit of the event.
pub fn told(
    listeners: &[Listener],
    recorded: &Recorded,
    ticket: Option<TicketNames>,
    fresh: &dyn Fn() -> Uuid,
) -> Result<Vec<Delivery>, StoreError> {
    let Recorded { id, position: _, event } = recorded;
    let kind = event.kind();
    let wants = |listener: &&Listener| listener.events.iter().any(|filter| filter.passes(&kind));
    let wanted: Vec<&Listener> = listeners.iter().filter(wants).collect();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let body = body(recorded, &kind, ticket)?;
    let deliveries = wanted.into_iter().map(|listener| Delivery {
        id: DeliveryId(fresh()),
        organization: event.organization,
        recipient: Recipient::Webhook(listener.id),
        subject: event.subject.id(),
        kind: kind.clone(),
        event: Some(*id),
        body: body.clone(),
        created_at: event.at,
    });
    Ok(deliveries.collect())
}

fn body(recorded: &Recorded, kind: &str, ticket: Option<TicketNames>) -> Result<String, StoreError> {
    let Recorded { id, position, event } = recorded;
    let Event { organization: _, subject, actor, actor_name, origin, at, happened } = event;
    let names = |TicketNames { serial, number }| Ticket { id: subject.id(), serial, number: crate::ticket::shown_number(number) };
    let payload = Payload {
        id: *id,
        kind,
        timestamp: *at,
        seq: *position,
        actor: actor.map(|id| Actor { id, name: actor_name }),
        origin: origin.as_ref(),
        subject: Subject { kind: subject.kind(), id: subject.id() },
        ticket: ticket.map(names),
        data: happened,
    };
    serde_json::to_string(&payload).map_err(|error| StoreError::Bug(Box::new(error)))
}
