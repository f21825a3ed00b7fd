//! What the audit log needs from outside.

use async_trait::async_trait;

use super::{AuditQuery, AuditView};
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, Reference, UserId};
use crate::kernel::page::{Page, PageRequest};

/// The stored audit log. Writing is the unit of work's business.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait AuditRepository: Send + Sync {
    /// A part of it, newest first. A count MAY stop at 10 000.
    async fn page(
        &self,
        organization: OrganizationId,
        query: &AuditQuery,
        page: &PageRequest,
    ) -> Result<Page<AuditView>, StoreError>;
    /// The person who is meant, also when their account is gone; by id, serial, username or address.
    async fn person(&self, organization: OrganizationId, person: &Reference) -> Result<Option<UserId>, StoreError>;
}
