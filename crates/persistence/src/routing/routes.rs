//! Routes, to go by and to show.

use async_trait::async_trait;
use helpdesk_domain::kernel::id::{CategoryId, DepartmentId, OrganizationId, RouteId, UserId};
use helpdesk_domain::kernel::text::Label;
use helpdesk_domain::kernel::{Page, PageRequest, Reference, StoreError};
use helpdesk_domain::routing::port::{RouteOrder, RouteQuery, RouteRepository};
use helpdesk_domain::routing::{Match, Route, RouteState, RouteView};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic, QueryFilter, QueryResult, QueryTrait, Select, Value,
};
use uuid::Uuid;

use super::{names, strategy};
use crate::Store;
use crate::column::{from_json, moment};
use crate::entity::route::{Column, Entity, Model};
use crate::fault::fault;
use crate::page::{self, Key, Keys};
use crate::sql::{Fields, Sql};
use crate::taxonomy::catalog::containing;

const ROUTES: &str = "SELECT r.id, r.name, r.position, r.is_active, c.id, o.id, d.id, r.strategy, r.skills, r.agents, \
    r.created_at, r.updated_at, r.revision FROM route AS r LEFT JOIN category AS c ON c.serial = r.category \
    LEFT JOIN department AS o ON o.serial = r.of_department LEFT JOIN department AS d ON d.serial = r.department \
    WHERE r.organization = ?";

#[async_trait]
impl RouteRepository for Store {
    async fn routes(&self, organization: OrganizationId) -> Result<Vec<Route>, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(Vec::new()) };
        let mut question = Sql::new(ROUTES, [serial.into()]);
        question.push(" ORDER BY r.position, r.serial");
        question.all(self.reader(), |row| route(organization, row)).await.map_err(fault)
    }

    async fn route(&self, organization: OrganizationId, reference: &Reference) -> Result<Option<Route>, StoreError> {
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(None) };
        let mut question = Sql::new(ROUTES, [serial.into()]);
        match reference {
            Reference::Id(id) => question.bind(" AND r.id = ?", [Value::from(*id)]),
            Reference::Serial(serial) => question.bind(" AND r.serial = ?", [Value::from(*serial)]),
            Reference::Name(_) => return Ok(None),
        };
        question.one(self.reader(), |row| route(organization, row)).await.map_err(fault)
    }

    async fn route_view(&self, organization: OrganizationId, reference: &Reference) -> Result<Option<RouteView>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else { return Ok(None) };
        let is_meant = match reference {
            Reference::Id(id) => Column::Id.eq(*id),
            Reference::Serial(serial) => Column::Serial.eq(*serial),
            Reference::Name(_) => return Ok(None),
        };
        let row = rows(organization).filter(is_meant).one(self.reader()).await.map_err(fault)?;
        let shown = names::shown(self.reader(), row.into_iter().collect()).await.map_err(fault)?;
        Ok(shown.into_iter().next())
    }

    async fn route_page(
        &self,
        organization: OrganizationId,
        query: &RouteQuery,
        page: &PageRequest,
    ) -> Result<Page<RouteView>, StoreError> {
        let Some(organization) = self.organization_serial(organization).await? else {
            return Ok(Page { items: Vec::new(), total: page.wants_count().then_some(0), next: None });
        };
        let mut found = rows(organization);
        if let Some(text) = &query.search {
            found = found.filter(Expr::col((Entity, Column::NameKey)).like(containing(&text.to_lowercase())));
        }
        if let Some(is_active) = query.is_active {
            found = found.filter(Column::IsActive.eq(is_active));
        }
        let columns = match query.order {
            RouteOrder::Position => vec![key(Column::Position, false), key(Column::Serial, false)],
            RouteOrder::Name => vec![key(Column::NameKey, true), key(Column::Serial, false)],
            RouteOrder::CreatedAt => vec![key(Column::Serial, false)],
        };
        let keys = Keys { columns, descending: query.descending };
        let make = |row: &QueryResult| Model::from_query_result(row, "");
        let rows = page::read(self.reader(), found.into_query(), &keys, page, make).await.map_err(fault)?;
        let Page { items, total, next } = rows;
        Ok(Page { items: names::shown(self.reader(), items).await.map_err(fault)?, total, next })
    }
}

/// The organization's routes; every query of what is shown starts here.
fn rows(organization: i64) -> Select<Entity> {
    Entity::find().filter(Column::Organization.eq(organization))
}

fn key(column: Column, is_text: bool) -> Key {
    Key { name: column.as_str().to_owned(), expression: Expr::col((Entity, column)), is_text }
}

fn route(organization: OrganizationId, row: &mut Fields<'_>) -> Result<Route, DbErr> {
    let (id, name, position, is_active) = (RouteId(row.next()?), row.next()?, row.next()?, row.flag()?);
    let category = row.next::<Option<Uuid>>()?.map(CategoryId);
    let of_department = row.next::<Option<Uuid>>()?.map(DepartmentId);
    let department = row.next::<Option<Uuid>>()?.map(DepartmentId);
    let (strategy, skills, agents) = (strategy(row.next()?)?, row.next::<String>()?, row.next::<String>()?);
    let agents: Vec<UserId> = from_json(&agents)?;
    Ok(Route::restored(RouteState {
        id,
        organization,
        name: Label::trusted(name),
        position,
        is_active,
        matches: Match { category, department: of_department },
        department,
        strategy,
        skills: from_json(&skills)?,
        agents,
        created_at: moment(row.next()?)?,
        updated_at: moment(row.next()?)?,
        revision: row.next()?,
    }))
}
