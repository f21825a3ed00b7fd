//! Logins that failed, written down.

use serde_json::Map;

use super::Logins;
use crate::audit::{AuditAction, AuditEntry, AuditSubject};
use crate::identity::IdentityError;
use crate::kernel::id::{OrganizationId, Reference, UserId};
use crate::work::{Changes, Write};

impl Logins {
    /// Writes a failed login down. A name that nobody has costs the same, and is not kept: it may be a password.
    pub(super) async fn note_failure(
        &self,
        person: Option<(OrganizationId, UserId)>,
        refused: &IdentityError,
    ) -> Result<(), IdentityError> {
        let reason = match refused {
            IdentityError::BadCredentials => "bad_credentials",
            IdentityError::NotApproved => "not_approved",
            IdentityError::Forbidden => "wrong_door",
            _ => return Ok(()),
        };
        let default = Reference::Name(self.default_organization.clone());
        let default = self.organizations.find(&default).await?.map(|organization| organization.id);
        let Some(organization) = person.map(|(organization, _)| organization).or(default) else { return Ok(()) };
        let subject = person.map(|(_, user)| AuditSubject::user(user));
        let failed =
            AuditEntry { actor: None, action: AuditAction::LoginFailed, subject, details: Map::new(), at: self.clock.now() };
        let failed = failed.with("reason", reason);
        Ok(self.work.commit(Changes::of(organization).with(Write::AddAudit(Box::new(failed)), [])).await?)
    }
}
