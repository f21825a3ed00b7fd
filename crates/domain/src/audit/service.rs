//! Reading the audit log.

use std::sync::Arc;

use super::port::AuditRepository;
use super::{AuditAction, AuditError, AuditQuery, AuditView};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::id::Reference;
use crate::kernel::page::{Page, PageRequest};
use crate::kernel::violation::{Problem, Violations};

/// The organization's audit log, for admins.
#[derive(Clone)]
pub struct AuditLog {
    entries: Arc<dyn AuditRepository>,
}

/// Which lines are wanted, as the client named them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindAudit {
    /// Done by; `me`.
    pub actor: Option<Reference>,
    /// Of any of these sorts; empty for all.
    pub actions: Vec<AuditAction>,
    /// At or after.
    pub created_after: Option<Moment>,
    /// Before.
    pub created_before: Option<Moment>,
}

impl AuditLog {
    /// Over a stored log.
    pub fn new(entries: Arc<dyn AuditRepository>) -> Self {
        Self { entries }
    }

    /// A part of it, newest first; admins only.
    pub async fn list(&self, actor: &Actor, wanted: FindAudit, page: &PageRequest) -> Result<Page<AuditView>, AuditError> {
        if !actor.is_admin() {
            return Err(AuditError::Forbidden);
        }
        let FindAudit { actor: by, actions, created_after, created_before } = wanted;
        let by = match by {
            Some(Reference::Name(name)) if name == "me" => Some(actor.user),
            Some(reference) => {
                let found = self.entries.person(actor.organization, &reference).await?;
                Some(found.ok_or_else(|| Violations::one("actor", Problem::Unknown(reference.to_string())))?)
            }
            None => None,
        };
        let query = AuditQuery { actor: by, actions, created_after, created_before };
        Ok(self.entries.page(actor.organization, &query, page).await?)
    }
}
