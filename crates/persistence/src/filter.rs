//! Saved filters, to decide on and to show.

use async_trait::async_trait;
use helpdesk_domain::filter::command::FilterParams;
use helpdesk_domain::filter::port::{FilterOrder, FilterQuery, SavedFilterRepository};
use helpdesk_domain::filter::{SavedFilter, SavedFilterState, SavedFilterView};
use helpdesk_domain::kernel::id::{FilterId, OrganizationId, UserId};
use helpdesk_domain::kernel::text::FilterName;
use helpdesk_domain::kernel::{Page, PageRequest, Reference, StoreError};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic, QueryFilter, QueryResult, QueryTrait, Select,
};

use crate::Store;
use crate::authored::{author, is_public, says_public, seen_by, with_author};
use crate::column::{from_json, moment};
use crate::entity::saved_filter::{Column, Entity, Model};
use crate::fault::fault;
use crate::page::{self, Key, Keys};
use crate::taxonomy::catalog::containing;

/// What the reader sees of the organization's filters; every query starts here.
fn in_organization(organization: i64, reader: UserId) -> Select<Entity> {
    let found = with_author(Entity::find(), Column::CreatedBy);
    found.filter(Column::Organization.eq(organization)).filter(seen_by(Column::PrivateTo, reader))
}

#[async_trait]
impl SavedFilterRepository for Store {
    async fn find(
        &self,
        organization: OrganizationId,
        reader: UserId,
        filter: &Reference,
    ) -> Result<Option<SavedFilter>, StoreError> {
        let row = self.saved_filter(organization, reader, filter).await?;
        row.map(|row| restored(organization, &row)).transpose().map_err(fault)
    }

    async fn view(
        &self,
        organization: OrganizationId,
        reader: UserId,
        filter: &Reference,
    ) -> Result<Option<SavedFilterView>, StoreError> {
        let row = self.saved_filter(organization, reader, filter).await?;
        row.map(|row| view(&row)).transpose().map_err(fault)
    }

    async fn page(
        &self,
        organization: OrganizationId,
        reader: UserId,
        query: &FilterQuery,
        page: &PageRequest,
    ) -> Result<Page<SavedFilterView>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else {
            return Ok(Page { items: Vec::new(), total: page.wants_count().then_some(0), next: None });
        };
        let FilterQuery { search, is_public: public, order, descending } = query;
        let mut found = in_organization(organization, reader);
        if let Some(text) = search {
            found = found.filter(Expr::col((Entity, Column::NameKey)).like(containing(&text.to_lowercase())));
        }
        if let Some(public) = public {
            found = found.filter(is_public(Column::PrivateTo, *public));
        }
        let keys = Keys { columns: keys(*order), descending: *descending };
        page::read(self.reader(), found.into_query(), &keys, page, view).await.map_err(fault)
    }
}

impl Store {
    async fn saved_filter(
        &self,
        organization: OrganizationId,
        reader: UserId,
        filter: &Reference,
    ) -> Result<Option<QueryResult>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(None) };
        let is_meant = match filter {
            Reference::Id(id) => Column::Id.eq(*id),
            Reference::Serial(serial) => Column::Serial.eq(*serial),
            Reference::Name(_) => return Ok(None),
        };
        let query = in_organization(organization, reader).filter(is_meant).into_query();
        self.reader().query_one(&query).await.map_err(fault)
    }
}

fn keys(order: FilterOrder) -> Vec<Key> {
    let key = |column: Column, is_text| {
        let expression = Expr::col((Entity, column));
        Key { name: column.as_str().to_owned(), expression, is_text }
    };
    let serial = || key(Column::Serial, false);
    match order {
        FilterOrder::Name => vec![key(Column::NameKey, true), serial()],
        FilterOrder::CreatedAt => vec![serial()],
        FilterOrder::UpdatedAt => vec![key(Column::UpdatedAt, false), serial()],
    }
}

fn restored(organization: OrganizationId, row: &QueryResult) -> Result<SavedFilter, DbErr> {
    let SavedFilterView { id, serial: _, name, asks, is_public, created_by, created_at, updated_at, revision } = view(row)?;
    let (name, created_by) = (FilterName::trusted(name), created_by.id);
    let state = SavedFilterState { id, organization, name, asks, is_public, created_by, created_at, updated_at, revision };
    Ok(SavedFilter::restored(state))
}

fn view(row: &QueryResult) -> Result<SavedFilterView, DbErr> {
    let created_by = author(row)?;
    let row = Model::from_query_result(row, "")?;
    Ok(SavedFilterView {
        id: FilterId(row.id),
        serial: row.serial,
        name: row.name,
        asks: FilterParams { params: from_json(&row.params)?, dialect: row.dialect },
        is_public: says_public(row.private_to),
        created_by,
        created_at: moment(row.created_at)?,
        updated_at: moment(row.updated_at)?,
        revision: row.revision,
    })
}
