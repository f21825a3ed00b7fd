//! What suggestions need from outside.

use async_trait::async_trait;

use super::Suggestion;
use crate::kernel::fault::StoreError;
use crate::kernel::id::OrganizationId;

/// Finds what has some of many words.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait SuggestionReader: Send + Sync {
    /// The best published articles and questions that are shown, at most so many, best first. A word says the more the
    /// fewer have it, and more in a title.
    async fn suggest(&self, organization: OrganizationId, words: &[String], most: usize) -> Result<Vec<Suggestion>, StoreError>;
}
