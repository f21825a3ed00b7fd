//! What saved filters need from outside.

use async_trait::async_trait;

use super::{SavedFilter, SavedFilterView};
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, Reference, UserId};
use crate::kernel::page::{Page, PageRequest};

/// What a list of saved filters is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FilterOrder {
    /// By name.
    #[default]
    Name,
    /// By when they were written.
    CreatedAt,
    /// By when they were last changed.
    UpdatedAt,
}

/// Which saved filters, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilterQuery {
    /// Part of the name, in any case.
    pub search: Option<String>,
    /// Those for everybody, or those for the reader alone.
    pub is_public: Option<bool>,
    /// Sorted by.
    pub order: FilterOrder,
    /// The other way round.
    pub descending: bool,
}

/// Stored filters. Each is found by id or serial. MUST answer the organization's public filters and the reader's own,
/// and no others.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait SavedFilterRepository: Send + Sync {
    /// The filter, if the reader sees it.
    async fn find(
        &self,
        organization: OrganizationId,
        reader: UserId,
        filter: &Reference,
    ) -> Result<Option<SavedFilter>, StoreError>;
    /// The filter, shown, if the reader sees it.
    async fn view(
        &self,
        organization: OrganizationId,
        reader: UserId,
        filter: &Reference,
    ) -> Result<Option<SavedFilterView>, StoreError>;
    /// A part of the filters that the reader sees.
    async fn page(
        &self,
        organization: OrganizationId,
        reader: UserId,
        query: &FilterQuery,
        page: &PageRequest,
    ) -> Result<Page<SavedFilterView>, StoreError>;
}
