//! What merging and splitting need from outside.

use async_trait::async_trait;

use super::Transfer;
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, TicketId, TransferId};

/// Merges and splits that can be undone. Writing is the unit of work's business.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait TransferRepository: Send + Sync {
    /// The merge of this ticket into another.
    async fn merge_of(&self, organization: OrganizationId, source: TicketId) -> Result<Option<Transfer>, StoreError>;
    /// The split that made this ticket.
    async fn split_of(&self, organization: OrganizationId, target: TicketId) -> Result<Option<Transfer>, StoreError>;
    /// Whether no later merge or split involves either of its tickets.
    async fn is_latest(&self, organization: OrganizationId, transfer: TransferId) -> Result<bool, StoreError>;
    /// Whether the ticket that comments went to has none but those, and no file of its own.
    async fn is_untouched(&self, organization: OrganizationId, transfer: TransferId) -> Result<bool, StoreError>;
}
