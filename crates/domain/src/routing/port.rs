//! What routing needs from outside.

use async_trait::async_trait;
use uuid::Uuid;

use super::{Agent, Pool};
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, Serial};

/// Whom tickets can be given to, as they stand. Each method MUST take a fixed number of statements, and cost what it answers.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait AgentRepository: Send + Sync {
    /// Those of the pool who may be given tickets and may log in, in the order of their integers.
    async fn agents(&self, organization: OrganizationId, pool: &Pool) -> Result<Vec<Agent>, StoreError>;
    /// Who was served last by turn; none when nobody was.
    async fn last_served(&self, organization: OrganizationId, turn: Uuid) -> Result<Option<Serial>, StoreError>;
}
