//! The audit log, in classic.

use chrono::{DateTime, Utc};
use helpdesk_domain::audit::AuditView;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::user::Person;
use crate::dialect::v1::platform::audit::AuditSubject;
use crate::dialect::v1::say::Shows;
use crate::gate::Seen;

/// A line of the audit log.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditEntry {
    /// Integer.
    pub id: i64,
    /// Who did it; none when nobody was logged in.
    pub actor: Option<Person>,
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

impl Shows<AuditView> for AuditEntry {
    fn show(view: &AuditView, _: &Seen<'_>) -> Self {
        Self {
            id: view.serial,
            actor: view.actor.as_ref().map(Person::from),
            action: view.action.clone(),
            subject: view.subject.as_ref().map(AuditSubject::from),
            details: view.details.clone(),
            created_at: view.created_at,
        }
    }
}
