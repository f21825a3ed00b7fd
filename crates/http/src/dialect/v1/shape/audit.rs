//! The audit log.

use chrono::{DateTime, Utc};
use helpdesk_domain::audit::{self, AuditView};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use super::Key;
use crate::dialect::v1::say::Shows;
use crate::gate::Seen;

/// A line of the audit log.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditEntry<K: Key> {
    /// Its id.
    pub id: K,
    /// Who did it; none when nobody was logged in.
    pub actor: Option<K::Person>,
    /// What, e.g. `login.failed`.
    #[schema(example = "login.succeeded")]
    pub action: String,
    /// To what.
    pub subject: Option<AuditSubject>,
    /// The particulars.
    #[schema(value_type = Object)]
    pub details: Map<String, Value>,
    /// When.
    pub created_at: DateTime<Utc>,
}

/// What it was done to; the same in both dialects.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditSubject {
    /// `user`, `organization` or `api_key`.
    pub kind: String,
    /// UUID.
    pub id: Uuid,
}

impl From<&audit::AuditSubject> for AuditSubject {
    fn from(subject: &audit::AuditSubject) -> Self {
        Self { kind: subject.kind.clone(), id: subject.id }
    }
}

impl<K: Key> Shows<AuditView> for AuditEntry<K> {
    fn show(view: &AuditView, _: &Seen<'_>) -> Self {
        Self {
            id: K::of(view.id, view.serial),
            actor: view.actor.as_ref().map(K::Person::from),
            action: view.action.clone(),
            subject: view.subject.as_ref().map(AuditSubject::from),
            details: view.details.clone(),
            created_at: view.created_at,
        }
    }
}
