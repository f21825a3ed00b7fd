//! What the taxonomy needs from outside.

use async_trait::async_trait;

use super::{Category, CategoryView, Department, DepartmentView, Tag, TagView};
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, Reference};
use crate::kernel::page::{Page, PageRequest};

/// Which entries of the taxonomy, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CatalogQuery {
    /// Part of the name, in any case.
    pub search: Option<String>,
    /// By how many tickets have them instead of by name; descending for the popular ones first.
    pub by_use: bool,
    /// The other way round.
    pub descending: bool,
}

/// Stored categories, tags and departments. Each is found by id, serial, or name (without regard to case) or slug.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait TaxonomyRepository: Send + Sync {
    /// The category that is meant.
    async fn category(&self, organization: OrganizationId, reference: &Reference) -> Result<Option<Category>, StoreError>;
    /// The department that is meant.
    async fn department(&self, organization: OrganizationId, reference: &Reference) -> Result<Option<Department>, StoreError>;
    /// The tags that are meant, one answer for each reference, in their order; one statement however many.
    async fn tags(&self, organization: OrganizationId, references: &[Reference]) -> Result<Vec<Option<Tag>>, StoreError>;
    /// The category, shown.
    async fn category_view(
        &self,
        organization: OrganizationId,
        reference: &Reference,
    ) -> Result<Option<CategoryView>, StoreError>;
    /// The tag, shown.
    async fn tag_view(&self, organization: OrganizationId, reference: &Reference) -> Result<Option<TagView>, StoreError>;
    /// The department, shown.
    async fn department_view(
        &self,
        organization: OrganizationId,
        reference: &Reference,
    ) -> Result<Option<DepartmentView>, StoreError>;
    /// A part of the categories.
    async fn categories(
        &self,
        organization: OrganizationId,
        query: &CatalogQuery,
        page: &PageRequest,
    ) -> Result<Page<CategoryView>, StoreError>;
    /// A part of the tags.
    async fn tag_page(
        &self,
        organization: OrganizationId,
        query: &CatalogQuery,
        page: &PageRequest,
    ) -> Result<Page<TagView>, StoreError>;
    /// A part of the departments.
    async fn departments(
        &self,
        organization: OrganizationId,
        query: &CatalogQuery,
        page: &PageRequest,
    ) -> Result<Page<DepartmentView>, StoreError>;
}
