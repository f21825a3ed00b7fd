//! What sandboxes need from outside.

use async_trait::async_trait;
use chrono::TimeDelta;

use crate::kernel::fault::StoreError;
use crate::kernel::id::OrganizationId;

/// How far the times of organizations are ahead of the machine's.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait OrganizationTimes: Send + Sync {
    /// How far that one is. Every request asks: it MUST cost nothing for those that live in real time, and MUST see at once
    /// what another replica has moved.
    async fn ahead(&self, organization: OrganizationId) -> Result<TimeDelta, StoreError>;
    /// Those that are ahead, and how far.
    async fn moved(&self) -> Result<Vec<(OrganizationId, TimeDelta)>, StoreError>;
}
