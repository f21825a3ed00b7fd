//! Keys for programs.

use async_trait::async_trait;
use helpdesk_domain::identity::port::ApiKeyRepository;
use helpdesk_domain::identity::{ApiKey, ApiKeyView, Scope, SecretDigest, User};
use helpdesk_domain::kernel::id::{ApiKeyId, OrganizationId, UserId};
use helpdesk_domain::kernel::{Page, PageRequest, Reference, StoreError};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic, Iterable, JoinType, QueryFilter, QueryResult,
    QuerySelect, QueryTrait, Select,
};

use crate::Store;
use crate::column::{damaged, from_json, moment, some_moment};
use crate::entity::api_key::{Column, Entity, Model};
use crate::entity::{account, organization};
use crate::fault::fault;
use crate::identity::{people, user};
use crate::page::{self, Key, Keys};

/// What the columns of a key are called beside those of its maker.
const KEY: &str = "key_";

/// Keys of people who are there, with who made them.
fn keys() -> Select<account::Entity> {
    let made = account::Entity::belongs_to(Entity).from(account::Column::Serial).to(Column::Account);
    let mut query = people().join(JoinType::InnerJoin, made.into());
    for column in Column::iter() {
        query = query.column_as(column, format!("{KEY}{}", column.as_str()));
    }
    query
}

#[async_trait]
impl ApiKeyRepository for Store {
    async fn by_secret(&self, secret: &SecretDigest) -> Result<Option<(ApiKey, User)>, StoreError> {
        let query = keys().filter(Column::Digest.eq(secret.0.to_vec())).into_query();
        let row = self.reader().query_one(&query).await.map_err(fault)?;
        row.map(|row| Ok((view(&row)?.key, user(&row)?))).transpose().map_err(fault)
    }

    async fn find(&self, organization: OrganizationId, key: &Reference) -> Result<Option<ApiKeyView>, StoreError> {
        let meant = match key {
            Reference::Id(id) => Column::Id.eq(*id),
            Reference::Serial(serial) => Column::Serial.eq(*serial),
            Reference::Name(_) => return Ok(None),
        };
        let query = keys().filter(organization::Column::Id.eq(organization.0)).filter(meant).into_query();
        let row = self.reader().query_one(&query).await.map_err(fault)?;
        row.map(|row| view(&row)).transpose().map_err(fault)
    }

    async fn page(
        &self,
        organization: OrganizationId,
        of: Option<UserId>,
        page: &PageRequest,
    ) -> Result<Page<ApiKeyView>, StoreError> {
        let mut query = keys().filter(organization::Column::Id.eq(organization.0));
        if let Some(user) = of {
            query = query.filter(account::Column::Id.eq(user.0));
        }
        let age = Key { name: format!("{KEY}serial"), expression: Expr::col((Entity, Column::Serial)), is_text: false };
        let order = Keys { columns: vec![age], descending: true };
        page::read(self.reader(), query.into_query(), &order, page, view).await.map_err(fault)
    }
}

fn view(row: &QueryResult) -> Result<ApiKeyView, DbErr> {
    let Model {
        serial,
        id,
        organization: _,
        account: _,
        name,
        prefix,
        digest,
        scopes,
        audience,
        created_at,
        expires_at,
        last_used_at,
    } = Model::from_query_result(row, KEY)?;
    let words: Vec<String> = from_json(&scopes)?;
    let scope = |word: &String| Scope::parse(word).ok_or_else(|| damaged("scope", word));
    let key = ApiKey {
        id: ApiKeyId(id),
        organization: OrganizationId(row.try_get("", "organization_id")?),
        user: UserId(account::Model::from_query_result(row, "")?.id),
        name,
        prefix,
        secret: SecretDigest(digest.try_into().map_err(|_| damaged("digest", id))?),
        scopes: words.iter().map(scope).collect::<Result<_, _>>()?,
        audience,
        created_at: moment(created_at)?,
        expires_at: some_moment(expires_at)?,
        last_used_at: some_moment(last_used_at)?,
    };
    Ok(ApiKeyView { key, serial })
}
