//! What ratings need from outside.

use async_trait::async_trait;

use super::{Rating, RatingView};
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, TicketId};

/// Stored ratings. Writing is the unit of work's business.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait RatingRepository: Send + Sync {
    /// The rating of a ticket, to decide on.
    async fn find(&self, organization: OrganizationId, ticket: TicketId) -> Result<Option<Rating>, StoreError>;
    /// The rating of a ticket, shown.
    async fn view(&self, organization: OrganizationId, ticket: TicketId) -> Result<Option<RatingView>, StoreError>;
}
