//! Messages for other programs.

use helpdesk_domain::delivery::{Delivery, Recipient};
use uuid::Uuid;

use super::Refused;
use super::writing::Writing;
use crate::column::micros;
use crate::portable;

/// It is due at once, unless an older one about the same thing is pending.
const INSERT: &str = "INSERT INTO delivery (id, organization, webhook, subject, kind, event, body, created_at, expires_at, pending, \
    due_at) SELECT ?, ?, recipient.serial, ?, ?, ?, ?, ?, ?, TRUE, CASE WHEN EXISTS (SELECT 1 FROM delivery older \
    WHERE older.webhook = recipient.serial AND older.subject = ? AND older.pending) THEN NULL ELSE ? END \
    FROM (SELECT COALESCE((SELECT serial FROM webhook WHERE id = ?), 0) AS serial) AS recipient";

pub(super) async fn add(writing: &Writing<'_>, new: &Delivery) -> Result<(), Refused> {
    let Delivery { id, organization, recipient, subject, kind, event, body, created_at } = new;
    let webhook: Option<Uuid> = if let Recipient::Webhook(webhook) = recipient { Some(webhook.0) } else { None };
    let due = writing.store.real(*organization, *created_at);
    let values = vec![
        id.0.into(),
        writing.organization.into(),
        (*subject).into(),
        kind.as_str().into(),
        event.map(|event| event.0).into(),
        body.as_str().into(),
        micros(*created_at).into(),
        micros(due + Delivery::PATIENCE).into(),
        (*subject).into(),
        micros(due).into(),
        webhook.into(),
    ];
    portable::execute(writing.transaction, INSERT, values).await?;
    Ok(())
}
