//! Articles of the knowledge base, to decide on and to show.
//!
//! A list is read in two steps: the serials of a page from an index ([`wanted`], [`list`]), then those articles whole
//! ([`row`]). Words are looked up in the search index first ([`found`]).

mod category;
mod found;
mod list;
mod order;
mod row;
mod versions;
mod views;
mod wanted;

use async_trait::async_trait;
use helpdesk_domain::kernel::id::{ArticleId, OrganizationId, Revision, UserId};
use helpdesk_domain::kernel::{Page, PageRequest, Reference, StoreError};
use helpdesk_domain::knowledge::article::port::{ArticleQuery, ArticleRepository, ArticleSight};
use helpdesk_domain::knowledge::{Article, ArticleStatus, ArticleView, VersionView};

use self::order::Order;
use self::row::{load, restored};
use self::wanted::Wanted;
use crate::Store;
use crate::fault::fault;
use crate::sql::Sql;

pub(crate) use row::status_number;
pub(crate) use views::Views;

const VOTE: &str = "SELECT helpful FROM article_vote WHERE article = (SELECT serial FROM article WHERE organization = ? AND id = ?) \
    AND voter = (SELECT serial FROM account WHERE id = ?)";

#[async_trait]
impl ArticleRepository for Store {
    async fn find(
        &self,
        organization: OrganizationId,
        sight: ArticleSight,
        article: &Reference,
    ) -> Result<Option<Article>, StoreError> {
        let view = self.article(organization, sight, article).await?;
        Ok(view.map(|view| restored(organization, view)))
    }

    async fn view(
        &self,
        organization: OrganizationId,
        sight: ArticleSight,
        article: &Reference,
    ) -> Result<Option<ArticleView>, StoreError> {
        let view = self.article(organization, sight, article).await?;
        Ok(view.map(|view| self.counted(view)))
    }

    async fn page(
        &self,
        organization: OrganizationId,
        sight: ArticleSight,
        query: &ArticleQuery,
        page: &PageRequest,
    ) -> Result<Page<ArticleView>, StoreError> {
        let Some(wanted) = Wanted::of(self, organization, sight, query).await? else {
            return Ok(Page { items: Vec::new(), total: page.wants_count().then_some(0), next: None });
        };
        let found = match &query.search {
            Some(search) => found::page(self.reader(), &wanted, search, query.order.map(Order), page).await,
            None => list::page(self.reader(), &wanted, Order::of(query.order), page).await,
        };
        Ok(found.map_err(fault)?.map(|view| self.counted(view)))
    }

    async fn versions(
        &self,
        organization: OrganizationId,
        article: ArticleId,
        page: &PageRequest,
    ) -> Result<Page<VersionView>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else {
            return Ok(Page { items: Vec::new(), total: page.wants_count().then_some(0), next: None });
        };
        versions::page(self.reader(), organization, article.0, page).await.map_err(fault)
    }

    async fn version(
        &self,
        organization: OrganizationId,
        article: ArticleId,
        version: Revision,
    ) -> Result<Option<VersionView>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(None) };
        versions::one(self.reader(), organization, article.0, version).await.map_err(fault)
    }

    async fn vote(&self, organization: OrganizationId, article: ArticleId, voter: UserId) -> Result<Option<bool>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(None) };
        let question = Sql::new(VOTE, [organization.into(), article.0.into(), voter.0.into()]);
        question.one(self.reader(), |row| row.next()).await.map_err(fault)
    }
}

impl Store {
    async fn article(
        &self,
        organization: OrganizationId,
        sight: ArticleSight,
        article: &Reference,
    ) -> Result<Option<ArticleView>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(None) };
        let mut part = Sql::new("SELECT a.serial AS serial FROM article AS a WHERE a.organization = ?", [organization.into()]);
        match article {
            Reference::Id(id) => part.bind(" AND a.id = ?", [(*id).into()]),
            Reference::Serial(serial) => part.bind(" AND a.serial = ?", [(*serial).into()]),
            Reference::Name(slug) => part.bind(" AND a.slug = ?", [slug.to_lowercase().into()]),
        };
        if sight == ArticleSight::Published {
            part.bind(" AND a.status = ?", [status_number(ArticleStatus::Published).into()]);
        }
        let (_, found) = load(self.reader(), None, part, "p.serial").await.map_err(fault)?;
        Ok(found.into_iter().next())
    }

    /// With the views that are not written yet.
    fn counted(&self, view: ArticleView) -> ArticleView {
        ArticleView { views: view.views + self.views.pending(view.serial), ..view }
    }
}
