//! Locations.

use async_trait::async_trait;
use helpdesk_domain::field_service::port::{LocationRepository, SiteQuery, SiteSort};
use helpdesk_domain::field_service::{Coordinate, LocationBrief, LocationView};
use helpdesk_domain::kernel::id::{LocationId, OrganizationId};
use helpdesk_domain::kernel::{Page, PageRequest, Reference, StoreError};
use sea_orm::sea_query::{Expr, ExprTrait, Query, QueryStatementBuilder};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic, Iterable, JoinType, QueryFilter, QueryResult,
    QuerySelect, QueryTrait, Select,
};

use super::customer::brief;
use crate::Store;
use crate::column::moment;
use crate::entity::customer;
use crate::entity::location::{Column, Entity, Model};
use crate::fault::fault;
use crate::page::{self, Key, Keys};
use crate::taxonomy::catalog::containing;
use crate::ticket_reader::empty;

/// What the columns of a location's customer begin with.
const OWNER: &str = "owner_";

/// The organization's locations, each with whose it is; every query starts here.
fn in_organization(organization: i64) -> Select<Entity> {
    let owner = Entity::belongs_to(customer::Entity).from(Column::Customer).to(customer::Column::Serial);
    let found = Entity::find().join(JoinType::LeftJoin, owner.into()).filter(Column::Organization.eq(organization));
    customer::Column::iter().fold(found, |found, column| found.column_as(column, format!("{OWNER}{}", column.as_str())))
}

#[async_trait]
impl LocationRepository for Store {
    async fn location(&self, organization: OrganizationId, location: &Reference) -> Result<Option<LocationView>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(None) };
        let is_meant = match location {
            Reference::Id(id) => Column::Id.eq(*id),
            Reference::Serial(serial) => Column::Serial.eq(*serial),
            Reference::Name(_) => return Ok(None),
        };
        let query = in_organization(organization).filter(is_meant).into_query();
        let row = self.reader().query_one(&query).await.map_err(fault)?;
        row.map(|row| view(&row)).transpose().map_err(fault)
    }

    async fn locations(
        &self,
        organization: OrganizationId,
        query: &SiteQuery,
        page: &PageRequest,
    ) -> Result<Page<LocationView>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(empty(page)) };
        let SiteQuery { search, customer, sort, descending } = query;
        let mut found = in_organization(organization);
        if let Some(text) = search {
            found = found.filter(Expr::col((Entity, Column::SearchKey)).like(containing(&text.to_lowercase())));
        }
        if let Some(id) = customer {
            let mut owner = Query::select();
            owner.column(customer::Column::Serial).from(customer::Entity).and_where(customer::Column::Id.eq(id.0));
            found = found.filter(Column::Customer.into_expr().eq(Expr::from(owner.into_sub_query_statement())));
        }
        let keys = Keys { columns: keys(*sort), descending: *descending };
        page::read(self.reader(), found.into_query(), &keys, page, view).await.map_err(fault)
    }
}

fn keys(sort: SiteSort) -> Vec<Key> {
    let key = |column: Column, is_text| {
        let expression = Expr::col((Entity, column));
        Key { name: column.as_str().to_owned(), expression, is_text }
    };
    let serial = || key(Column::Serial, false);
    match sort {
        SiteSort::Name => vec![key(Column::NameKey, true), serial()],
        SiteSort::CreatedAt => vec![serial()],
        SiteSort::UpdatedAt => vec![key(Column::UpdatedAt, false), serial()],
    }
}

fn view(row: &QueryResult) -> Result<LocationView, DbErr> {
    let owner = customer::Model::from_query_result_optional(row, OWNER)?;
    let row = Model::from_query_result(row, "")?;
    let place = LocationBrief {
        id: LocationId(row.id),
        serial: row.serial,
        name: row.name,
        address: row.address,
        city: row.city,
        postal_code: row.postal_code,
        country: row.country,
        latitude: row.latitude.map(Coordinate::of_parts),
        longitude: row.longitude.map(Coordinate::of_parts),
    };
    Ok(LocationView {
        place,
        customer: owner.map(brief),
        created_at: moment(row.created_at)?,
        updated_at: moment(row.updated_at)?,
        revision: row.revision,
    })
}
