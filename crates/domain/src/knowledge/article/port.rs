//! What the knowledge base needs from outside.

use async_trait::async_trait;

use super::{Article, ArticleCategory, ArticleCategoryView, ArticleStatus, ArticleView, VersionView};
use crate::kernel::fault::StoreError;
use crate::kernel::id::{ArticleCategoryId, ArticleId, OrganizationId, Reference, Revision, Serial, UserId};
use crate::kernel::page::{Page, PageRequest};
use crate::search::SearchText;

/// Which articles somebody sees. A query takes it; nothing is filtered after loading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArticleSight {
    /// Staff: all of the organization.
    All,
    /// Everybody else: what is published.
    Published,
}

/// What articles are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ArticleSort {
    /// When they were written.
    #[default]
    CreatedAt,
    /// When they were last changed.
    UpdatedAt,
    /// When they were last made public; those that never were come first.
    PublishedAt,
    /// Their titles, without regard to case.
    Title,
    /// How often they were looked at.
    Views,
}

/// An order of articles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArticleOrder {
    /// By what.
    pub by: ArticleSort,
    /// The other way round.
    pub descending: bool,
}

/// Which articles; every part that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleQuery {
    /// In this category.
    pub category: Option<ArticleCategoryId>,
    /// In any of these states; none for all that the reader sees.
    pub statuses: Option<Vec<ArticleStatus>>,
    /// With all of these words in title, tags, summary or content.
    pub search: Option<SearchText>,
    /// Written by them.
    pub author: Option<UserId>,
    /// With any of these tags, in small letters.
    pub tags: Vec<String>,
    /// Sorted by; none for a search's relevance, else for the newest first.
    pub order: Option<ArticleOrder>,
}

/// Stored articles. Each is found by id, serial or slug.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait ArticleRepository: Send + Sync {
    /// The article that is meant, if it is seen.
    async fn find(
        &self,
        organization: OrganizationId,
        sight: ArticleSight,
        article: &Reference,
    ) -> Result<Option<Article>, StoreError>;
    /// The article, shown, if it is seen.
    async fn view(
        &self,
        organization: OrganizationId,
        sight: ArticleSight,
        article: &Reference,
    ) -> Result<Option<ArticleView>, StoreError>;
    /// A part of the articles that are seen.
    async fn page(
        &self,
        organization: OrganizationId,
        sight: ArticleSight,
        query: &ArticleQuery,
        page: &PageRequest,
    ) -> Result<Page<ArticleView>, StoreError>;
    /// A part of an article's versions, the newest first.
    async fn versions(
        &self,
        organization: OrganizationId,
        article: ArticleId,
        page: &PageRequest,
    ) -> Result<Page<VersionView>, StoreError>;
    /// One version of an article.
    async fn version(
        &self,
        organization: OrganizationId,
        article: ArticleId,
        version: Revision,
    ) -> Result<Option<VersionView>, StoreError>;
    /// What somebody thinks of an article, if they have said.
    async fn vote(&self, organization: OrganizationId, article: ArticleId, voter: UserId) -> Result<Option<bool>, StoreError>;
}

/// Stored categories of articles. Each is found by id, serial, or name without regard to case (of several the oldest).
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait ArticleCategoryRepository: Send + Sync {
    /// The category that is meant.
    async fn find(&self, organization: OrganizationId, category: &Reference) -> Result<Option<ArticleCategory>, StoreError>;
    /// The category, shown, with the number of its articles that are seen.
    async fn view(
        &self,
        organization: OrganizationId,
        sight: ArticleSight,
        category: &Reference,
    ) -> Result<Option<ArticleCategoryView>, StoreError>;
    /// A part of the categories, by name.
    async fn page(
        &self,
        organization: OrganizationId,
        sight: ArticleSight,
        query: &ArticleCategoryQuery,
        page: &PageRequest,
    ) -> Result<Page<ArticleCategoryView>, StoreError>;
    /// The category and everything that it is a part of.
    async fn lineage(
        &self,
        organization: OrganizationId,
        category: ArticleCategoryId,
    ) -> Result<Vec<ArticleCategoryId>, StoreError>;
}

/// Which categories of articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleCategoryQuery {
    /// Part of the name, in any case.
    pub search: Option<String>,
    /// Parts of this one, or of none.
    pub parent: Option<Option<ArticleCategoryId>>,
    /// By name, from the end.
    pub descending: bool,
}

/// Counts how often articles are looked at. MUST NOT make the reader wait for a write; counts may be lost with the process.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
pub trait ViewCounter: Send + Sync {
    /// Somebody looked at the article of that integer.
    fn seen(&self, article: Serial);
}

/// Makes HTML of Markdown. What comes out MUST be safe in any page: no scripts, no handlers of events, no `javascript:`.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait MarkdownRenderer: Send + Sync {
    /// The Markdown as HTML.
    async fn html(&self, markdown: &str) -> Result<String, StoreError>;
}
