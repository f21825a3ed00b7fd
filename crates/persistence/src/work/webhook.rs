//! Webhooks, and what they are told of a commit.

use std::collections::HashMap;

use helpdesk_domain::event::{Event, Recorded, Subject};
use helpdesk_domain::kernel::id::{Revision, TicketId, WebhookId};
use helpdesk_domain::webhook::{Listener, TicketNames, Webhook, told};
use sea_orm::{DbErr, Value};

use super::writing::Writing;
use super::{Refused, delivery};
use crate::column::{json, micros};
use crate::portable;
use crate::sql::{Fields, Sql};
use crate::webhook::filters;

const INSERT: &str = "INSERT INTO webhook (name, url, events, is_active, secret, disabled_reason, updated_at, organization, id, \
    created_at, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)";

/// Who is told again has failed at nothing yet.
const UPDATE: &str = "UPDATE webhook SET name = ?, url = ?, events = ?, is_active = ?, secret = ?, disabled_reason = ?, \
    updated_at = ?, failing_since = CASE WHEN ? THEN failing_since END, revision = revision + 1 \
    WHERE organization = ? AND id = ? AND revision = ?";

/// What it was still to be told is told no more.
const FORGET: &str = "UPDATE delivery SET pending = FALSE, due_at = NULL, last_error = 'the webhook is gone' WHERE pending \
    AND webhook = (SELECT serial FROM webhook WHERE organization = ? AND id = ?)";

const DELETE: &str = "DELETE FROM webhook WHERE organization = ? AND id = ? AND revision = ?";

const COUNT: &str = "UPDATE organization SET webhooks = (SELECT COUNT(*) FROM webhook WHERE webhook.organization = \
    organization.serial AND webhook.is_active) WHERE serial = ?";

const LISTENERS: &str = "SELECT id, events FROM webhook WHERE organization = ? AND is_active ORDER BY serial";

const NAMES: &str = "SELECT serial, number FROM ticket WHERE organization = ? AND id = ?";

pub(super) async fn add(writing: &Writing<'_>, new: &Webhook) -> Result<(), Refused> {
    let mut values = values(new)?;
    values.extend([writing.organization.into(), new.id.0.into(), micros(new.created_at).into()]);
    portable::execute(writing.transaction, INSERT, values).await?;
    count(writing).await
}

pub(super) async fn save(writing: &Writing<'_>, changed: &Webhook) -> Result<(), Refused> {
    let mut values = values(changed)?;
    let is_paused = !changed.is_active;
    values.extend([is_paused.into(), writing.organization.into(), changed.id.0.into(), changed.revision.into()]);
    if portable::execute(writing.transaction, UPDATE, values).await? == 0 {
        return Err(Refused::Stale);
    }
    count(writing).await
}

pub(super) async fn delete(writing: &Writing<'_>, id: WebhookId, revision: Revision) -> Result<(), Refused> {
    portable::execute(writing.transaction, FORGET, vec![writing.organization.into(), id.0.into()]).await?;
    let values = vec![writing.organization.into(), id.0.into(), revision.into()];
    if portable::execute(writing.transaction, DELETE, values).await? == 0 {
        return Err(Refused::Stale);
    }
    count(writing).await
}

/// Commits are told how many webhooks there are, so that those of organizations without any ask no further.
async fn count(writing: &Writing<'_>) -> Result<(), Refused> {
    portable::execute(writing.transaction, COUNT, vec![writing.organization.into()]).await?;
    Ok(())
}

fn values(webhook: &Webhook) -> Result<Vec<Value>, DbErr> {
    let events: Vec<&str> = webhook.events.iter().map(helpdesk_domain::webhook::EventFilter::as_str).collect();
    Ok(vec![
        webhook.name.as_str().into(),
        webhook.url.as_str().into(),
        json(&events)?.into(),
        webhook.is_active.into(),
        webhook.secret.as_str().into(),
        webhook.disabled_reason.clone().into(),
        micros(webhook.updated_at).into(),
    ])
}

/// Puts what the organization's webhooks are told of these events into the queue.
pub(super) async fn tell(writing: &mut Writing<'_>, recorded: &[Recorded]) -> Result<(), Refused> {
    let listeners = Sql::new(LISTENERS, [Value::from(writing.organization)]);
    let listeners = listeners.all(writing.transaction, listener).await?;
    let mut names = HashMap::new();
    for recorded in recorded {
        let ticket = names_of(writing, &recorded.event, &mut names).await?;
        let fresh = || writing.store.ids.next();
        let deliveries = told(&listeners, recorded, ticket, &fresh).map_err(|error| DbErr::Json(error.to_string()))?;
        writing.hands_over |= !deliveries.is_empty();
        for delivery in &deliveries {
            delivery::add(writing, delivery).await?;
        }
    }
    Ok(())
}

fn listener(row: &mut Fields<'_>) -> Result<Listener, DbErr> {
    let (id, events): (uuid::Uuid, String) = (row.next()?, row.next()?);
    Ok(Listener { id: WebhookId(id), events: filters(&events)? })
}

async fn names_of(
    writing: &Writing<'_>,
    event: &Event,
    known: &mut HashMap<TicketId, Option<TicketNames>>,
) -> Result<Option<TicketNames>, DbErr> {
    let Subject::Ticket(ticket) = event.subject else { return Ok(None) };
    if let Some(names) = known.get(&ticket) {
        return Ok(*names);
    }
    let names = Sql::new(NAMES, [Value::from(writing.organization), ticket.0.into()]);
    let names = names.one(writing.transaction, |row| Ok(TicketNames { serial: row.next()?, number: row.next()? })).await?;
    known.insert(ticket, names);
    Ok(names)
}
