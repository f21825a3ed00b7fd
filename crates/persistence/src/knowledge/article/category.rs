//! Where articles stand.

use async_trait::async_trait;
use helpdesk_domain::kernel::id::{ArticleCategoryId, OrganizationId};
use helpdesk_domain::kernel::text::{Color, Label, Note};
use helpdesk_domain::kernel::{Page, PageRequest, Reference, StoreError};
use helpdesk_domain::knowledge::article::port::{ArticleCategoryQuery, ArticleCategoryRepository, ArticleSight};
use helpdesk_domain::knowledge::{ArticleCategory, ArticleCategoryBrief, ArticleCategoryView, ArticleStatus};
use sea_orm::sea_query::{Expr, ExprTrait, Order};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QueryResult, QuerySelect,
    QueryTrait, Select,
};
use uuid::Uuid;

use super::row::status_number;
use crate::Store;
use crate::column::moment;
use crate::entity::article_category::{Column, Entity, Model};
use crate::fault::fault;
use crate::page::{self, Key, Keys};
use crate::sql::Sql;
use crate::taxonomy::catalog::containing;

/// A category and everything that it is a part of.
const LINEAGE: &str = "WITH RECURSIVE up (id, parent) AS (\
    SELECT id, parent FROM article_category WHERE organization = ? AND id = ? \
    UNION SELECT c.id, c.parent FROM article_category AS c JOIN up ON c.serial = up.parent) SELECT id FROM up";

/// The organization's categories, with the UUID of their parents and the number of their articles that are seen; every
/// query starts here.
fn in_organization(organization: i64, sight: ArticleSight) -> Select<Entity> {
    let seen = match sight {
        ArticleSight::All => String::new(),
        ArticleSight::Published => format!(" AND tally.status = {}", status_number(ArticleStatus::Published)),
    };
    let count = format!(
        "(SELECT CAST(COALESCE(SUM(tally.n), 0) AS BIGINT) FROM article_tally AS tally \
         WHERE tally.organization = article_category.organization AND tally.category = article_category.serial{seen})"
    );
    let parent = "(SELECT p.id FROM article_category AS p WHERE p.serial = article_category.parent)";
    let found = Entity::find().filter(Column::Organization.eq(organization));
    found.expr_as(Expr::cust(count), "article_count").expr_as(Expr::cust(parent), "parent_id")
}

/// The one that is meant; of several of one name the oldest.
fn meant(organization: i64, sight: ArticleSight, category: &Reference) -> Select<Entity> {
    let found = in_organization(organization, sight).order_by(Column::Serial, Order::Asc).limit(1);
    match category {
        Reference::Id(id) => found.filter(Column::Id.eq(*id)),
        Reference::Serial(serial) => found.filter(Column::Serial.eq(*serial)),
        Reference::Name(name) => found.filter(Column::NameKey.eq(name.to_lowercase())),
    }
}

#[async_trait]
impl ArticleCategoryRepository for Store {
    async fn find(&self, organization: OrganizationId, category: &Reference) -> Result<Option<ArticleCategory>, StoreError> {
        let row = self.article_category(organization, ArticleSight::All, category).await?;
        row.map(|row| restored(organization, &row)).transpose().map_err(fault)
    }

    async fn view(
        &self,
        organization: OrganizationId,
        sight: ArticleSight,
        category: &Reference,
    ) -> Result<Option<ArticleCategoryView>, StoreError> {
        let row = self.article_category(organization, sight, category).await?;
        row.map(|row| view(&row)).transpose().map_err(fault)
    }

    async fn page(
        &self,
        organization: OrganizationId,
        sight: ArticleSight,
        query: &ArticleCategoryQuery,
        page: &PageRequest,
    ) -> Result<Page<ArticleCategoryView>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else {
            return Ok(Page { items: Vec::new(), total: page.wants_count().then_some(0), next: None });
        };
        let ArticleCategoryQuery { search, parent, descending } = query;
        let name = Expr::col((Entity, Column::NameKey));
        let mut found = in_organization(organization, sight);
        if let Some(text) = search {
            found = found.filter(name.clone().like(containing(&text.to_lowercase())));
        }
        match parent {
            None => {}
            Some(None) => found = found.filter(Column::Parent.is_null()),
            Some(Some(id)) => {
                let parent = Entity::find().select_only().column(Column::Serial).filter(Column::Id.eq(id.0));
                found = found.filter(Column::Parent.in_subquery(parent.into_query()));
            }
        }
        let name = Key { name: "name_key".to_owned(), expression: name, is_text: true };
        let serial = Key { name: "serial".to_owned(), expression: Expr::col((Entity, Column::Serial)), is_text: false };
        let keys = Keys { columns: vec![name, serial], descending: *descending };
        page::read(self.reader(), found.into_query(), &keys, page, view).await.map_err(fault)
    }

    async fn lineage(
        &self,
        organization: OrganizationId,
        category: ArticleCategoryId,
    ) -> Result<Vec<ArticleCategoryId>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(Vec::new()) };
        let lineage = Sql::new(LINEAGE, [organization.into(), category.0.into()]).column::<Uuid>(self.reader());
        Ok(lineage.await.map_err(fault)?.into_iter().map(ArticleCategoryId).collect())
    }
}

impl Store {
    async fn article_category(
        &self,
        organization: OrganizationId,
        sight: ArticleSight,
        category: &Reference,
    ) -> Result<Option<QueryResult>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(None) };
        let question = meant(organization, sight, category).into_query();
        self.reader().query_one(&question).await.map_err(fault)
    }
}

fn parent_id(row: &QueryResult) -> Result<Option<ArticleCategoryId>, DbErr> {
    Ok(row.try_get::<Option<Uuid>>("", "parent_id")?.map(ArticleCategoryId))
}

fn restored(organization: OrganizationId, row: &QueryResult) -> Result<ArticleCategory, DbErr> {
    let parent = parent_id(row)?;
    let row = Model::from_query_result(row, "")?;
    Ok(ArticleCategory {
        id: ArticleCategoryId(row.id),
        organization,
        name: Label::trusted(row.name),
        description: Note::trusted(row.description),
        color: Color::trusted(row.color),
        parent,
        created_at: moment(row.created_at)?,
        updated_at: moment(row.updated_at)?,
        revision: row.revision,
    })
}

fn view(row: &QueryResult) -> Result<ArticleCategoryView, DbErr> {
    let parent = parent_id(row)?;
    let count: i64 = row.try_get("", "article_count")?;
    let row = Model::from_query_result(row, "")?;
    Ok(ArticleCategoryView {
        brief: ArticleCategoryBrief { id: ArticleCategoryId(row.id), serial: row.serial, name: row.name, color: row.color },
        description: row.description,
        parent: parent.zip(row.parent),
        article_count: u64::try_from(count).unwrap_or(0),
        created_at: moment(row.created_at)?,
        updated_at: moment(row.updated_at)?,
        revision: row.revision,
    })
}
