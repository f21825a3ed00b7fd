//! Response templates, to decide on and to show.

use async_trait::async_trait;
use helpdesk_domain::kernel::id::{OrganizationId, TemplateId, UserId};
use helpdesk_domain::kernel::text::{TemplateCategory, TemplateContent, TemplateTitle};
use helpdesk_domain::kernel::{Page, PageRequest, Reference, StoreError};
use helpdesk_domain::template::port::{TemplateOrder, TemplateQuery, TemplateRepository};
use helpdesk_domain::template::{Template, TemplateState, TemplateView, Variable};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic, QueryFilter, QueryResult,
    QueryTrait, Select,
};

use crate::Store;
use crate::authored::{author, is_public, says_public, seen_by, with_author};
use crate::column::{from_json, moment};
use crate::entity::template::{Column, Entity, Model};
use crate::fault::fault;
use crate::page::{self, Key, Keys};
use crate::taxonomy::catalog::containing;

/// What the reader sees of the organization's templates; every query starts here.
fn in_organization(organization: i64, reader: UserId) -> Select<Entity> {
    let found = with_author(Entity::find(), Column::CreatedBy);
    found.filter(Column::Organization.eq(organization)).filter(seen_by(Column::PrivateTo, reader))
}

#[async_trait]
impl TemplateRepository for Store {
    async fn find(
        &self,
        organization: OrganizationId,
        reader: UserId,
        template: &Reference,
    ) -> Result<Option<Template>, StoreError> {
        let row = self.template(organization, reader, template).await?;
        row.map(|row| restored(organization, &row)).transpose().map_err(fault)
    }

    async fn view(
        &self,
        organization: OrganizationId,
        reader: UserId,
        template: &Reference,
    ) -> Result<Option<TemplateView>, StoreError> {
        let row = self.template(organization, reader, template).await?;
        row.map(|row| view(&row)).transpose().map_err(fault)
    }

    async fn page(
        &self,
        organization: OrganizationId,
        reader: UserId,
        query: &TemplateQuery,
        page: &PageRequest,
    ) -> Result<Page<TemplateView>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else {
            return Ok(Page { items: Vec::new(), total: page.wants_count().then_some(0), next: None });
        };
        let TemplateQuery { search, category, is_public: public, order, descending } = query;
        let mut found = in_organization(organization, reader);
        if let Some(text) = search {
            let text = containing(&text.to_lowercase());
            let key = |column| Expr::col((Entity, column)).like(text.clone());
            found = found.filter(Condition::any().add(key(Column::TitleKey)).add(key(Column::CategoryKey)));
        }
        if let Some(category) = category {
            found = found.filter(Column::CategoryKey.eq(category.to_lowercase()));
        }
        if let Some(public) = public {
            found = found.filter(is_public(Column::PrivateTo, *public));
        }
        let keys = Keys { columns: keys(*order), descending: *descending };
        page::read(self.reader(), found.into_query(), &keys, page, view).await.map_err(fault)
    }
}

impl Store {
    async fn template(
        &self,
        organization: OrganizationId,
        reader: UserId,
        template: &Reference,
    ) -> Result<Option<QueryResult>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(None) };
        let is_meant = match template {
            Reference::Id(id) => Column::Id.eq(*id),
            Reference::Serial(serial) => Column::Serial.eq(*serial),
            Reference::Name(_) => return Ok(None),
        };
        let query = in_organization(organization, reader).filter(is_meant).into_query();
        self.reader().query_one(&query).await.map_err(fault)
    }
}

fn keys(order: TemplateOrder) -> Vec<Key> {
    let key = |column: Column, is_text| {
        let expression = Expr::col((Entity, column));
        Key { name: column.as_str().to_owned(), expression, is_text }
    };
    let (title, serial) = (|| key(Column::TitleKey, true), || key(Column::Serial, false));
    match order {
        TemplateOrder::Title => vec![title(), serial()],
        TemplateOrder::Category => vec![key(Column::CategoryKey, true), title(), serial()],
        TemplateOrder::CreatedAt => vec![serial()],
        TemplateOrder::UpdatedAt => vec![key(Column::UpdatedAt, false), serial()],
    }
}

fn variables(text: &str) -> Result<Vec<Variable>, DbErr> {
    Ok(from_json::<Vec<String>>(text)?.into_iter().map(Variable::trusted).collect())
}

fn restored(organization: OrganizationId, row: &QueryResult) -> Result<Template, DbErr> {
    let author = author(row)?;
    let row = Model::from_query_result(row, "")?;
    Ok(Template::restored(TemplateState {
        id: TemplateId(row.id),
        organization,
        title: TemplateTitle::trusted(row.title),
        content: TemplateContent::trusted(row.content),
        category: TemplateCategory::trusted(row.category),
        is_public: says_public(row.private_to),
        variables: variables(&row.variables)?,
        created_by: author.id,
        created_at: moment(row.created_at)?,
        updated_at: moment(row.updated_at)?,
        revision: row.revision,
    }))
}

fn view(row: &QueryResult) -> Result<TemplateView, DbErr> {
    let created_by = author(row)?;
    let row = Model::from_query_result(row, "")?;
    Ok(TemplateView {
        id: TemplateId(row.id),
        serial: row.serial,
        title: row.title,
        content: row.content,
        category: row.category,
        is_public: says_public(row.private_to),
        variables: variables(&row.variables)?,
        created_by,
        created_at: moment(row.created_at)?,
        updated_at: moment(row.updated_at)?,
        revision: row.revision,
    })
}
