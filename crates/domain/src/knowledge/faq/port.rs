//! What questions and answers need from outside.

use async_trait::async_trait;

use super::{Faq, FaqView};
use crate::kernel::fault::StoreError;
use crate::kernel::id::{CategoryId, OrganizationId, Reference};
use crate::search::SearchText;

/// Which questions; every part that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FaqQuery {
    /// About this.
    pub category: Option<CategoryId>,
    /// With all of these words in question, answer or tags.
    pub search: Option<SearchText>,
    /// Those that are not shown too.
    pub include_inactive: bool,
    /// At most so many; none for all.
    pub most: Option<u64>,
}

/// Stored questions. Each is found by id or serial.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait FaqRepository: Send + Sync {
    /// The questions that are meant, one answer for each reference, in their order; one statement however many.
    async fn find(&self, organization: OrganizationId, faqs: &[Reference]) -> Result<Vec<Option<Faq>>, StoreError>;
    /// The question, shown.
    async fn view(&self, organization: OrganizationId, faq: &Reference) -> Result<Option<FaqView>, StoreError>;
    /// The questions in the order of their categories' ages, then of their places; a search's by relevance instead.
    async fn list(&self, organization: OrganizationId, query: &FaqQuery) -> Result<Vec<FaqView>, StoreError>;
    /// A number that grows with every change of the organization's questions, so that an answer may be remembered.
    async fn edition(&self, organization: OrganizationId) -> Result<i64, StoreError>;
    /// How many there are, shown or not.
    async fn count(&self, organization: OrganizationId) -> Result<u64, StoreError>;
}
