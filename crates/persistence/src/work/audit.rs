//! The audit log, written in the commit of what it tells of.

use helpdesk_domain::audit::{AuditEntry, AuditSubject};
use helpdesk_domain::event::Event;

use super::Refused;
use super::writing::Writing;
use crate::column::{json, micros};
use crate::portable;

const INSERT: &str = "INSERT INTO audit_entry (id, organization, actor, action, subject_kind, subject_id, details, created_at) \
    VALUES (?, ?, (SELECT serial FROM account WHERE organization = ? AND id = ?), ?, ?, ?, ?, ?)";

pub(super) async fn add(writing: &Writing<'_>, entry: &AuditEntry) -> Result<(), Refused> {
    let AuditEntry { actor, action, subject, details, at } = entry;
    let (kind, id) = subject.clone().map(|AuditSubject { kind, id }| (kind, id)).unzip();
    let values = vec![
        writing.store.ids.next().into(),
        writing.organization.into(),
        writing.organization.into(),
        actor.map(|user| user.0).into(),
        action.word().into(),
        kind.into(),
        id.into(),
        json(details)?.into(),
        micros(*at).into(),
    ];
    portable::execute(writing.transaction, INSERT, values).await?;
    Ok(())
}

/// The lines that events add to it.
pub(super) async fn tell(writing: &Writing<'_>, events: &[Event]) -> Result<(), Refused> {
    for entry in events.iter().filter_map(Event::audit) {
        add(writing, &entry).await?;
    }
    Ok(())
}
