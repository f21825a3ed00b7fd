//! What people write for themselves, or for all of their organization: who sees it, and who wrote it.

use helpdesk_domain::identity::Role;
use helpdesk_domain::kernel::id::UserId;
use helpdesk_domain::ticket::UserBrief;
use sea_orm::sea_query::{Expr, ExprTrait, QueryStatementBuilder, SelectStatement};
use sea_orm::{ColumnTrait, DbErr, EntityTrait, JoinType, QueryResult, QuerySelect, Select};

use crate::column::damaged;
use crate::entity::account;

/// `private_to` of what all of the organization sees.
const PUBLIC: i64 = 0;

/// What `private_to` becomes, to be written: binds whether it is public, then its author's organization and id.
pub(crate) const PRIVATE_TO: &str = "CASE WHEN ? THEN 0 ELSE (SELECT serial FROM account WHERE organization = ? AND id = ?) END";

/// Whether the reader sees it. One list of values instead of a choice, so that an index by it can be walked.
pub(crate) fn seen_by(private_to: impl ColumnTrait, reader: UserId) -> Expr {
    let mut own = SelectStatement::new();
    own.column(account::Column::Serial).from(account::Entity).and_where(account::Column::Id.eq(reader.0));
    private_to.into_expr().is_in([Expr::val(PUBLIC), own.into_sub_query_statement().into()])
}

/// Whether it is public, or is not.
pub(crate) fn is_public(private_to: impl ColumnTrait, public: bool) -> Expr {
    if public { private_to.eq(PUBLIC) } else { private_to.ne(PUBLIC) }
}

/// Whether a row's `private_to` says that it is public.
pub(crate) fn says_public(private_to: i64) -> bool {
    private_to == PUBLIC
}

/// The rows with who wrote them.
pub(crate) fn with_author<E: EntityTrait>(found: Select<E>, created_by: E::Column) -> Select<E> {
    with_person(found, created_by, JoinType::InnerJoin)
}

/// The rows with whom a column refers to.
pub(crate) fn with_person<E: EntityTrait>(found: Select<E>, column: E::Column, join: JoinType) -> Select<E> {
    use account::Column;
    let person = E::belongs_to(account::Entity).from(column).to(Column::Serial);
    let columns =
        [Column::Serial, Column::Id, Column::Username, Column::Email, Column::FirstName, Column::LastName, Column::Role];
    let found = found.join(join, person.into());
    columns.into_iter().fold(found, |found, column| found.column_as(column, alias(column)))
}

/// Reads what [`with_author`] adds.
pub(crate) fn author(row: &QueryResult) -> Result<UserBrief, DbErr> {
    person(row)?.ok_or_else(|| damaged("author", "nobody"))
}

/// Reads what [`with_person`] adds; none where nobody is referred to.
pub(crate) fn person(row: &QueryResult) -> Result<Option<UserBrief>, DbErr> {
    use account::Column;
    let Some(id) = row.try_get::<Option<uuid::Uuid>>("", &alias(Column::Id))? else { return Ok(None) };
    let role: String = row.try_get("", &alias(Column::Role))?;
    Ok(Some(UserBrief {
        id: UserId(id),
        serial: row.try_get("", &alias(Column::Serial))?,
        username: row.try_get("", &alias(Column::Username))?,
        email: row.try_get("", &alias(Column::Email))?,
        first_name: row.try_get("", &alias(Column::FirstName))?,
        last_name: row.try_get("", &alias(Column::LastName))?,
        role: Role::parse(&role).ok_or_else(|| damaged("role", role))?,
    }))
}

fn alias(column: account::Column) -> String {
    format!("author_{}", sea_orm::IdenStatic::as_str(&column))
}
