//! People who were not let in.

use helpdesk_domain::identity::{Rejection, RejectionView};
use helpdesk_domain::kernel::id::{OrganizationId, RejectionId, UserId};
use helpdesk_domain::kernel::{Page, PageRequest, StoreError};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic, JoinType, PaginatorTrait, QueryFilter, QueryResult,
    QuerySelect, QueryTrait, Select,
};

use crate::Store;
use crate::column::moment;
use crate::entity::organization;
use crate::entity::rejection::{Column, Entity, Model};
use crate::fault::fault;
use crate::page::{self, Key, Keys};

/// The organization's rejections; every query starts here.
fn in_organization(organization: OrganizationId) -> Select<Entity> {
    let tenant = Entity::belongs_to(organization::Entity).from(Column::Organization).to(organization::Column::Serial);
    Entity::find()
        .join(JoinType::InnerJoin, tenant.into())
        .column_as(organization::Column::Id, "organization_id")
        .filter(organization::Column::Id.eq(organization.0))
}

pub(crate) async fn page(
    store: &Store,
    organization: OrganizationId,
    page: &PageRequest,
) -> Result<Page<RejectionView>, StoreError> {
    let serial =
        Key { name: Column::Serial.as_str().to_owned(), expression: Expr::col((Entity, Column::Serial)), is_text: false };
    let newest_first = Keys { columns: vec![serial], descending: true };
    let query = in_organization(organization).into_query();
    page::read(store.reader(), query, &newest_first, page, view).await.map_err(fault)
}

pub(crate) async fn count(store: &Store, organization: OrganizationId) -> Result<u64, StoreError> {
    in_organization(organization).count(store.reader()).await.map_err(fault)
}

fn view(row: &QueryResult) -> Result<RejectionView, DbErr> {
    let Model {
        serial,
        id,
        organization: _,
        account,
        company_number,
        first_name,
        last_name,
        email,
        department,
        reason,
        rejected_by,
        rejected_at,
    } = Model::from_query_result(row, "")?;
    let rejection = Rejection {
        id: RejectionId(id),
        organization: OrganizationId(row.try_get("", "organization_id")?),
        user: UserId(account),
        company_number,
        first_name,
        last_name,
        email,
        department,
        reason,
        rejected_by: UserId(rejected_by),
        rejected_at: moment(rejected_at)?,
    };
    Ok(RejectionView { serial, rejection })
}
