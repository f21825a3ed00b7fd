//! Events that say something else from now on, and what was made of them.

use helpdesk_domain::event::{Event, HistoryEntry, Subject};
use helpdesk_domain::kernel::id::UserId;
use helpdesk_domain::privacy::RewrittenEvent;
use sea_orm::Value;
use uuid::Uuid;

use super::Refused;
use super::writing::Writing;
use crate::column::{json, micros};
use crate::portable;

const REWRITE: &str = "UPDATE event SET actor_name = ?, payload = ? WHERE organization = ? AND position = ?";

/// What people were told of an event says what it said.
const UNNOTIFY: &str = "DELETE FROM notification WHERE event = (SELECT id FROM event WHERE organization = ? AND position = ?)";

/// How far the log was read for a person stands among their keys, which go with the account; no request spends such a one.
pub(crate) const REACHED_SCOPE: &str = "erasure";
pub(crate) const REACHED: &str = "reached";

const REACH: &str = "INSERT INTO idempotency_key (account_id, scope, key, fingerprint, created_at) VALUES (?, ?, ?, ?, ?) \
    ON CONFLICT (account_id, scope, key) DO UPDATE SET fingerprint = excluded.fingerprint, created_at = excluded.created_at";

/// What a rule did is told in its log as in the ticket's history, and of the same time.
const RULE_LOG: &str =
    "UPDATE rule_log SET detail = REPLACE(detail, ?, ?) WHERE created_at = ? AND ticket = ? AND organization = ?";

/// What events say from now on; their places stay.
pub(super) async fn events(writing: &Writing<'_>, user: UserId, events: &[RewrittenEvent], reached: i64) -> Result<(), Refused> {
    let now = micros(writing.store.clock.now());
    let row = vec![user.0.into(), REACHED_SCOPE.into(), REACHED.into(), reached.to_string().into(), now.into()];
    portable::execute(writing.transaction, REACH, row).await?;
    for RewrittenEvent { position, was, now } in events {
        let place = vec![writing.organization.into(), (*position).into()];
        let said = vec![now.actor_name.as_str().into(), json(&now.happened)?.into()];
        portable::execute(writing.transaction, REWRITE, [said, place.clone()].concat()).await?;
        portable::execute(writing.transaction, UNNOTIFY, place).await?;
        history(writing, was, now).await?;
    }
    Ok(())
}

/// The lines of history that were made of the event, made anew.
async fn history(writing: &Writing<'_>, was: &Event, now: &Event) -> Result<(), Refused> {
    let (thing, id) = match was.subject {
        Subject::Ticket(ticket) => ("ticket", ticket.0),
        Subject::WorkOrder(order) => ("work_order", order.0),
        _ => return Ok(()),
    };
    let text = format!(
        "UPDATE {thing}_history SET details = ?, old_value = ?, new_value = ? \
         WHERE {thing} = (SELECT serial FROM {thing} WHERE organization = ? AND id = ?) \
         AND created_at = ? AND action = ? AND COALESCE(field, '') = ? AND details = ?"
    );
    for (line, new) in was.history().into_iter().zip(now.history()).filter(|(line, new)| line != new) {
        if was.by_rule().is_some() {
            let said: Vec<Value> = vec![line.details.as_str().into(), new.details.as_str().into()];
            let place: Vec<Value> = vec![micros(was.at).into(), id.into(), writing.organization.into()];
            portable::execute(writing.transaction, RULE_LOG, [said, place].concat()).await?;
        }
        portable::execute(writing.transaction, &text, values(writing.organization, id, micros(was.at), line, new)).await?;
    }
    Ok(())
}

fn values(organization: i64, id: Uuid, at: i64, line: HistoryEntry, new: HistoryEntry) -> Vec<Value> {
    vec![
        new.details.into(),
        new.old.into(),
        new.new.into(),
        organization.into(),
        id.into(),
        at.into(),
        line.action.into(),
        line.field.unwrap_or_default().into(),
        line.details.into(),
    ]
}
