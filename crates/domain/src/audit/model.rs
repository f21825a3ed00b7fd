//! Lines of the audit log.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::AuditAction;
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::id::{Serial, UserId};
use crate::ticket::UserBrief;

/// What something was done to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditSubject {
    /// `user`, `organization`, `api_key`, `webhook`, `sla_policy` or `sla_calendar`.
    pub kind: String,
    /// The thing.
    pub id: Uuid,
}

impl AuditSubject {
    /// An account.
    pub fn user(id: UserId) -> Self {
        Self { kind: "user".to_owned(), id: id.0 }
    }
}

/// A line to be written, in the commit of what it tells of.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEntry {
    /// Who did it; none when nobody was logged in.
    pub actor: Option<UserId>,
    /// What.
    pub action: AuditAction,
    /// To what.
    pub subject: Option<AuditSubject>,
    /// The particulars; never a password, a secret or a token.
    pub details: Map<String, Value>,
    /// When.
    pub at: Moment,
}

impl AuditEntry {
    /// Something that somebody did.
    pub fn by(actor: &Actor, action: AuditAction, subject: Option<AuditSubject>, at: Moment) -> Self {
        Self { actor: Some(actor.user), action, subject, details: Map::new(), at }
    }

    /// With a particular more.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.details.insert(name.to_owned(), value.into());
        self
    }
}

/// A line, shown.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditView {
    /// UUID.
    pub id: Uuid,
    /// Integer.
    pub serial: Serial,
    /// Who did it.
    pub actor: Option<UserBrief>,
    /// What; its word.
    pub action: String,
    /// To what.
    pub subject: Option<AuditSubject>,
    /// The particulars.
    pub details: Map<String, Value>,
    /// When.
    pub created_at: Moment,
}

/// Which lines; every part that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// Done by.
    pub actor: Option<UserId>,
    /// Of any of these sorts; empty for all.
    pub actions: Vec<AuditAction>,
    /// At or after.
    pub created_after: Option<Moment>,
    /// Before.
    pub created_before: Option<Moment>,
}
