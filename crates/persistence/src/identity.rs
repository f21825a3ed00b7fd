//! Accounts and logins.

use async_trait::async_trait;
use helpdesk_domain::attachment::ObjectKey;
use helpdesk_domain::identity::port::IdentityRepository;
use helpdesk_domain::identity::{
    Approval, PasswordReset, RejectionView, Role, SecretDigest, Session, User, UserOrder, UserQuery, UserState, UserView,
};
use helpdesk_domain::kernel::id::{DepartmentId, OrganizationId, ResetId, SessionId, UserId};
use helpdesk_domain::kernel::text::{Email, Username};
use helpdesk_domain::kernel::{Page, PageRequest, Reference, StoreError};
use helpdesk_domain::taxonomy::DepartmentBrief;
use sea_orm::sea_query::{Expr, ExprTrait, Order};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic, Iterable, JoinType, PaginatorTrait,
    QueryFilter, QueryOrder, QueryResult, QuerySelect, QueryTrait, Select,
};

use crate::column::{damaged, moment, some_moment};
use crate::entity::account::Column;
use crate::entity::{account, department, organization, password_reset, session};
use crate::fault::fault;
use crate::page::{self, Key, Keys};
use crate::rejection;
use crate::taxonomy::catalog::containing;
use crate::{Store, account_tally};

/// Accounts that are not deleted, with where they belong.
pub(crate) fn people() -> Select<account::Entity> {
    let tenant = account::Entity::belongs_to(organization::Entity).from(Column::Organization).to(organization::Column::Serial);
    let place = account::Entity::belongs_to(department::Entity).from(Column::Department).to(department::Column::Serial);
    account::Entity::find()
        .join(JoinType::InnerJoin, tenant.into())
        .join(JoinType::LeftJoin, place.into())
        .column_as(organization::Column::Id, "organization_id")
        .column_as(organization::Column::Slug, "organization_slug")
        .column_as(department::Column::Id, "department_id")
        .column_as(department::Column::Name, "department_name")
        .filter(Column::DeletedAt.is_null())
}

/// The organization's people; every query of an organization starts here.
fn in_organization(organization: OrganizationId) -> Select<account::Entity> {
    people().filter(organization::Column::Id.eq(organization.0))
}

/// Those with this address or username.
fn named(people: Select<account::Entity>, name: &str) -> Select<account::Entity> {
    let key = name.trim().to_lowercase();
    let any = Condition::any().add(Column::EmailKey.eq(key.as_str())).add(Column::UsernameKey.eq(key.as_str()));
    // A username may look like somebody's address; the address is what people mean.
    people.filter(any).order_by(Column::EmailKey.eq(key), Order::Desc).limit(1)
}

#[async_trait]
impl IdentityRepository for Store {
    async fn find(&self, organization: OrganizationId, reference: &Reference) -> Result<Option<User>, StoreError> {
        let people = in_organization(organization);
        let meant = match reference {
            Reference::Id(id) => people.filter(Column::Id.eq(*id)),
            Reference::Serial(serial) => people.filter(Column::Serial.eq(*serial)),
            Reference::Name(name) => named(people, name),
        };
        self.person(meant, user).await
    }

    async fn by_login(&self, login: &str) -> Result<Option<User>, StoreError> {
        self.person(named(people(), login), user).await
    }

    async fn username_taken(&self, username: &str) -> Result<bool, StoreError> {
        let same = people().filter(Column::UsernameKey.eq(username.to_lowercase()));
        Ok(self.person(same, user).await?.is_some())
    }

    async fn session(&self, session: SessionId) -> Result<Option<(Session, User)>, StoreError> {
        if let Some(found) = self.sessions.get(session) {
            return Ok(Some(found));
        }
        let began = self.sessions.begin();
        let login = account::Entity::belongs_to(session::Entity).from(Column::Serial).to(session::Column::Account);
        let mut query = people().join(JoinType::InnerJoin, login.into()).filter(session::Column::Id.eq(session.0));
        for column in session::Column::iter() {
            query = query.column_as(column, format!("{LOGIN}{}", column.as_str()));
        }
        let found = self.person(query, login_and_user).await?;
        if let Some(found) = &found {
            self.sessions.remember(session, began, found.clone());
        }
        Ok(found)
    }

    async fn reset(&self, secret: &SecretDigest) -> Result<Option<(PasswordReset, User)>, StoreError> {
        let whose = account::Entity::belongs_to(password_reset::Entity).from(Column::Serial).to(password_reset::Column::Account);
        let digest = password_reset::Column::Digest.eq(secret.0.to_vec());
        let mut query = people().join(JoinType::InnerJoin, whose.into()).filter(digest);
        for column in password_reset::Column::iter() {
            query = query.column_as(column, format!("{RESET}{}", column.as_str()));
        }
        self.person(query, reset_and_user).await
    }

    async fn count_admins(&self, organization: OrganizationId) -> Result<u64, StoreError> {
        let admins = in_organization(organization)
            .filter(Column::Role.eq(Role::Admin.word()))
            .filter(Column::IsActive.eq(true))
            .filter(Column::IsApproved.eq(true));
        admins.count(self.reader()).await.map_err(fault)
    }

    async fn view(&self, organization: OrganizationId, user: UserId) -> Result<Option<UserView>, StoreError> {
        self.person(in_organization(organization).filter(Column::Id.eq(user.0)), view).await
    }

    async fn page(
        &self,
        organization: OrganizationId,
        query: &UserQuery,
        page: &PageRequest,
    ) -> Result<Page<UserView>, StoreError> {
        let UserQuery { search, roles, is_active, order, descending } = query;
        let mut people = in_organization(organization);
        if let Some(text) = search {
            people = people.filter(mentioning(text));
        }
        if !roles.is_empty() {
            people = people.filter(Column::Role.is_in(roles.iter().map(|role| role.word())));
        }
        if let Some(active) = is_active {
            people = people.filter(Column::IsActive.eq(*active));
        }
        let keys = Keys { columns: keys(*order), descending: *descending };
        let (connection, people) = (self.reader(), people.into_query());
        if search.is_some() || !page.wants_count() {
            return page::read(connection, people, &keys, page, view).await.map_err(fault);
        }
        let total = account_tally::count(connection, organization, roles, *is_active).await.map_err(fault)?;
        page::read_of(connection, people, &keys, page, Some(total), view).await.map_err(fault)
    }

    async fn rejections(&self, organization: OrganizationId, page: &PageRequest) -> Result<Page<RejectionView>, StoreError> {
        rejection::page(self, organization, page).await
    }

    async fn count_rejections(&self, organization: OrganizationId) -> Result<u64, StoreError> {
        rejection::count(self, organization).await
    }
}

impl Store {
    async fn person<T>(
        &self,
        query: Select<account::Entity>,
        make: fn(&QueryResult) -> Result<T, DbErr>,
    ) -> Result<Option<T>, StoreError> {
        let row = self.reader().query_one(&query.into_query()).await.map_err(fault)?;
        row.map(|row| make(&row)).transpose().map_err(fault)
    }
}

/// Whose address, username or name contains the text. Names are compared without regard to the case of A to Z.
fn mentioning(text: &str) -> Condition {
    let (key, name) = (containing(&text.to_lowercase()), containing(&text.to_ascii_lowercase()));
    Condition::any()
        .add(Expr::col((account::Entity, Column::EmailKey)).like(key.clone()))
        .add(Expr::col((account::Entity, Column::UsernameKey)).like(key))
        .add(Expr::cust("LOWER(account.first_name || ' ' || account.last_name)").like(name))
}

fn keys(order: UserOrder) -> Vec<Key> {
    let key = |column: Column, is_text| {
        let expression = Expr::col((account::Entity, column));
        Key { name: column.as_str().to_owned(), expression, is_text }
    };
    match order {
        UserOrder::CreatedAt => vec![key(Column::Serial, false)],
        UserOrder::Email => vec![key(Column::EmailKey, true)],
        UserOrder::Name => vec![key(Column::LastName, true), key(Column::FirstName, true), key(Column::Serial, false)],
        UserOrder::Username => vec![key(Column::UsernameKey, true)],
    }
}

fn role(word: &str) -> Result<Role, DbErr> {
    Role::parse(word).ok_or_else(|| damaged("role", word))
}

fn approval(is_approved: bool) -> Approval {
    if is_approved { Approval::Approved } else { Approval::Pending }
}

pub(crate) fn user(row: &QueryResult) -> Result<User, DbErr> {
    let account = account::Model::from_query_result(row, "")?;
    let department: Option<uuid::Uuid> = row.try_get("", "department_id")?;
    Ok(User::restored(UserState {
        id: UserId(account.id),
        organization: OrganizationId(row.try_get("", "organization_id")?),
        username: Username::trusted(account.username),
        email: Email::trusted(account.email),
        password_hash: account.password_hash,
        first_name: account.first_name,
        last_name: account.last_name,
        middle_name: account.middle_name,
        suffix: account.suffix,
        role: role(&account.role)?,
        approval: approval(account.is_approved),
        is_active: account.is_active,
        department: department.map(DepartmentId),
        image: account.image.map(ObjectKey::trusted),
        created_at: moment(account.created_at)?,
        updated_at: moment(account.updated_at)?,
        last_active_at: some_moment(account.last_active_at)?,
        deleted_at: some_moment(account.deleted_at)?,
        revision: account.revision,
    }))
}

fn view(row: &QueryResult) -> Result<UserView, DbErr> {
    let account = account::Model::from_query_result(row, "")?;
    Ok(UserView {
        id: UserId(account.id),
        serial: account.serial,
        username: account.username,
        email: account.email,
        first_name: account.first_name,
        last_name: account.last_name,
        middle_name: account.middle_name,
        suffix: account.suffix,
        role: role(&account.role)?,
        approval: approval(account.is_approved),
        is_active: account.is_active,
        organization: row.try_get("", "organization_slug")?,
        department: place(account.department, row)?,
        image: account.image.map(ObjectKey::trusted),
        company_number: account.company_number,
        created_at: moment(account.created_at)?,
        updated_at: moment(account.updated_at)?,
        last_active_at: some_moment(account.last_active_at)?,
        revision: account.revision,
    })
}

fn place(serial: Option<i64>, row: &QueryResult) -> Result<Option<DepartmentBrief>, DbErr> {
    let Some(serial) = serial else { return Ok(None) };
    Ok(Some(DepartmentBrief {
        id: DepartmentId(row.try_get("", "department_id")?),
        serial,
        name: row.try_get("", "department_name")?,
    }))
}

/// What the columns of a login are called beside those of its account.
const LOGIN: &str = "login_";

fn login_and_user(row: &QueryResult) -> Result<(Session, User), DbErr> {
    let user = user(row)?;
    let session::Model { id, account: _, audience, refresh_id, days, created_at, expires_at, revoked_at } =
        session::Model::from_query_result(row, LOGIN)?;
    let login = Session {
        id: SessionId(id),
        user: user.id,
        audience,
        refresh_id,
        days,
        created_at: moment(created_at)?,
        expires_at: moment(expires_at)?,
        revoked_at: some_moment(revoked_at)?,
    };
    Ok((login, user))
}

/// What the columns of a reset are called beside those of its account.
const RESET: &str = "reset_";

fn reset_and_user(row: &QueryResult) -> Result<(PasswordReset, User), DbErr> {
    let user = user(row)?;
    let password_reset::Model { id, account: _, digest, created_at, expires_at, spent_at } =
        password_reset::Model::from_query_result(row, RESET)?;
    let digest = digest.try_into().map_err(|_| damaged("digest", id))?;
    let reset = PasswordReset {
        id: ResetId(id),
        user: Some(user.id),
        secret: SecretDigest(digest),
        created_at: moment(created_at)?,
        expires_at: moment(expires_at)?,
        spent_at: some_moment(spent_at)?,
    };
    Ok((reset, user))
}
