//! What response templates need from outside.

use async_trait::async_trait;

use super::{Template, TemplateView};
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, Reference, UserId};
use crate::kernel::page::{Page, PageRequest};

/// What a list of templates is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TemplateOrder {
    /// By title.
    #[default]
    Title,
    /// By category, then by title.
    Category,
    /// By when they were written.
    CreatedAt,
    /// By when they were last changed.
    UpdatedAt,
}

/// Which templates, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateQuery {
    /// Part of the title or of the category, in any case.
    pub search: Option<String>,
    /// Filed under this word, in any case.
    pub category: Option<String>,
    /// Those for all staff, or those for the reader alone.
    pub is_public: Option<bool>,
    /// Sorted by.
    pub order: TemplateOrder,
    /// The other way round.
    pub descending: bool,
}

/// Stored response templates. Each is found by id or serial. MUST answer the organization's public templates and the
/// reader's own, and no others.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait TemplateRepository: Send + Sync {
    /// The template, if the reader sees it.
    async fn find(
        &self,
        organization: OrganizationId,
        reader: UserId,
        template: &Reference,
    ) -> Result<Option<Template>, StoreError>;
    /// The template, shown, if the reader sees it.
    async fn view(
        &self,
        organization: OrganizationId,
        reader: UserId,
        template: &Reference,
    ) -> Result<Option<TemplateView>, StoreError>;
    /// A part of the templates that the reader sees.
    async fn page(
        &self,
        organization: OrganizationId,
        reader: UserId,
        query: &TemplateQuery,
        page: &PageRequest,
    ) -> Result<Page<TemplateView>, StoreError>;
}
