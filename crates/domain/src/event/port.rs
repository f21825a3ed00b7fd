//! Reading the log.

use async_trait::async_trait;

use super::Recorded;
use crate::kernel::fault::StoreError;
use crate::kernel::id::OrganizationId;

/// The stored log. Writing is the unit of work's business.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait EventRepository: Send + Sync {
    /// At most `limit` events behind position `after`, in order. MUST show a position only when all before it are shown.
    async fn after(&self, organization: OrganizationId, after: i64, limit: u64) -> Result<Vec<Recorded>, StoreError>;
    /// At most `limit` organizations with events that this reader of the log has not read, and the position it is at.
    async fn behind(&self, consumer: &'static str, limit: u64) -> Result<Vec<(OrganizationId, i64)>, StoreError>;
    /// The position that this reader of the log is at in that organization; 0 when it has read nothing.
    async fn place(&self, consumer: &'static str, organization: OrganizationId) -> Result<i64, StoreError>;
    /// The last position; 0 when nothing has happened.
    async fn last_position(&self, organization: OrganizationId) -> Result<i64, StoreError>;
}
