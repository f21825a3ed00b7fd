//! Customers.

use async_trait::async_trait;
use helpdesk_domain::field_service::port::{CustomerRepository, SiteQuery, SiteSort};
use helpdesk_domain::field_service::{CustomerBrief, CustomerView};
use helpdesk_domain::kernel::id::{CustomerId, OrganizationId};
use helpdesk_domain::kernel::{Page, PageRequest, Reference, StoreError};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic, JoinType, QueryFilter, QueryResult,
    QueryTrait, Select,
};

use crate::Store;
use crate::authored::{person, with_person};
use crate::column::moment;
use crate::entity::customer::{Column, Entity, Model};
use crate::fault::fault;
use crate::page::{self, Key, Keys};
use crate::taxonomy::catalog::containing;
use crate::ticket_reader::empty;

/// The organization's customers; every query starts here.
fn in_organization(organization: i64) -> Select<Entity> {
    with_person(Entity::find(), Column::Account, JoinType::LeftJoin).filter(Column::Organization.eq(organization))
}

#[async_trait]
impl CustomerRepository for Store {
    async fn customer(&self, organization: OrganizationId, customer: &Reference) -> Result<Option<CustomerView>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(None) };
        let is_meant = match customer {
            Reference::Id(id) => Column::Id.eq(*id),
            Reference::Serial(serial) => Column::Serial.eq(*serial),
            Reference::Name(_) => return Ok(None),
        };
        let query = in_organization(organization).filter(is_meant).into_query();
        let row = self.reader().query_one(&query).await.map_err(fault)?;
        row.map(|row| view(&row)).transpose().map_err(fault)
    }

    async fn customers(
        &self,
        organization: OrganizationId,
        query: &SiteQuery,
        page: &PageRequest,
    ) -> Result<Page<CustomerView>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(empty(page)) };
        let SiteQuery { search, customer: _, sort, descending } = query;
        let mut found = in_organization(organization);
        if let Some(text) = search {
            found = found.filter(Expr::col((Entity, Column::SearchKey)).like(containing(&text.to_lowercase())));
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

fn view(row: &QueryResult) -> Result<CustomerView, DbErr> {
    let user = person(row)?;
    let row = Model::from_query_result(row, "")?;
    Ok(CustomerView {
        id: CustomerId(row.id),
        serial: row.serial,
        name: row.name,
        email: row.email,
        phone: row.phone,
        company: row.company,
        user,
        created_at: moment(row.created_at)?,
        updated_at: moment(row.updated_at)?,
        revision: row.revision,
    })
}

/// A row as it stands beside what is theirs.
pub(super) fn brief(row: Model) -> CustomerBrief {
    let Model { serial, id, name, email, phone, company, .. } = row;
    CustomerBrief { id: CustomerId(id), serial, name, email, phone, company }
}
