//! What mail needs from outside.

use async_trait::async_trait;

use super::OutboxEntry;
use crate::kernel::fault::StoreError;

/// The stored mails. Writing them is the unit of work's business.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait Outbox: Send + Sync {
    /// The newest mails, at most `limit`, newest first; only those that are still to be sent, or all.
    async fn newest(&self, only_waiting: bool, limit: u64) -> Result<Vec<OutboxEntry>, StoreError>;
}
