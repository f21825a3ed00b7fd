//! What links need from outside.

use async_trait::async_trait;

use super::{LinkKind, LinkView};
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, Reference, TicketId};
use crate::kernel::page::{Page, PageRequest};
use crate::ticket::port::Viewer;

/// Stored links. A link is seen by whoever sees both its tickets. Writing is the unit of work's business.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait LinkRepository: Send + Sync {
    /// A part of a ticket's links, oldest first, as they are seen from it.
    async fn page(&self, viewer: Viewer, ticket: TicketId, page: &PageRequest) -> Result<Page<LinkView>, StoreError>;
    /// One of a ticket's links, as it is seen from it; by id or serial.
    async fn find(&self, viewer: Viewer, ticket: TicketId, link: &Reference) -> Result<Option<LinkView>, StoreError>;
    /// Whether two tickets are linked so, in either direction.
    async fn exists(
        &self,
        organization: OrganizationId,
        one: TicketId,
        other: TicketId,
        kind: LinkKind,
    ) -> Result<bool, StoreError>;
}
