//! Accounts and logins.

use helpdesk_domain::identity::{Approval, Rejection, Role, Session, User};
use helpdesk_domain::kernel::Moment;
use helpdesk_domain::kernel::id::{SessionId, UserId};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{EntityTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::numbers::next;
use super::writing::Writing;
use super::{Refused, file};
use crate::account_tally::{self, Sort};
use crate::column::{micros, some_micros};
use crate::entity::rejection;
use crate::portable;
use crate::sql::Sql;

const INSERT: &str = "INSERT INTO account (username, username_key, email, email_key, password_hash, first_name, last_name, \
    middle_name, suffix, role, is_approved, is_active, department, image, updated_at, last_active_at, deleted_at, organization, id, company_number, \
    created_at, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, \
    (SELECT serial FROM department WHERE organization = ? AND id = ?), ?, ?, ?, ?, ?, ?, ?, ?, 1) RETURNING department";

const UPDATE: &str = "UPDATE account SET username = ?, username_key = ?, email = ?, email_key = ?, password_hash = ?, \
    first_name = ?, last_name = ?, middle_name = ?, suffix = ?, role = ?, is_approved = ?, is_active = ?, \
    department = (SELECT serial FROM department WHERE organization = ? AND id = ?), image = ?, updated_at = ?, last_active_at = ?, \
    deleted_at = ?, revision = revision + 1 WHERE organization = ? AND id = ? AND revision = ? RETURNING department";

#[derive(FromQueryResult)]
struct Placed {
    department: Option<i64>,
}

pub(super) async fn add(writing: &mut Writing<'_>, user: &User) -> Result<(), Refused> {
    let number = next(&mut writing.numbers.company);
    let mut values = values(writing.organization, user);
    values.extend([writing.organization.into(), user.id.0.into(), number.into(), micros(user.created_at).into()]);
    write(writing, INSERT, values, user).await?;
    Ok(account_tally::apply(writing.transaction, writing.organization, None, sort(user)).await?)
}

pub(super) async fn save(writing: &Writing<'_>, user: &User) -> Result<(), Refused> {
    let before = counted(writing, user.id).await?;
    let mut values = values(writing.organization, user);
    values.extend([writing.organization.into(), user.id.0.into(), user.revision.into()]);
    write(writing, UPDATE, values, user).await?;
    Ok(account_tally::apply(writing.transaction, writing.organization, before, sort(user)).await?)
}

fn sort(user: &User) -> Option<Sort> {
    user.deleted_at.is_none().then_some(Sort { role: user.role, is_active: user.is_active })
}

/// What the account that is stored is counted as. It is the one that is saved: the save names its revision.
pub(super) async fn counted(writing: &Writing<'_>, user: UserId) -> Result<Option<Sort>, Refused> {
    let text = "SELECT role, is_active FROM account WHERE organization = ? AND id = ? AND deleted_at IS NULL";
    let question = Sql::new(text, [writing.organization.into(), user.0.into()]);
    let row = question.one(writing.transaction, |row| Ok((row.next::<String>()?, row.next()?))).await?;
    Ok(row.and_then(|(role, is_active)| Some(Sort { role: Role::parse(&role)?, is_active })))
}

fn values(organization: i64, user: &User) -> Vec<Value> {
    vec![
        user.username.as_str().into(),
        user.username.as_str().to_lowercase().into(),
        user.email.as_str().into(),
        user.email.key().into(),
        user.password_hash.as_str().into(),
        user.first_name.as_str().into(),
        user.last_name.as_str().into(),
        user.middle_name.as_str().into(),
        user.suffix.as_str().into(),
        user.role.word().into(),
        (user.approval == Approval::Approved).into(),
        user.is_active.into(),
        organization.into(),
        user.department.map(|id| id.0).into(),
        user.image.as_ref().map(|image| image.as_str().to_owned()).into(),
        micros(user.updated_at).into(),
        some_micros(user.last_active_at).into(),
        some_micros(user.deleted_at).into(),
    ]
}

/// Writes the row. A department that is not there has been deleted since the use case looked it up.
async fn write(writing: &Writing<'_>, text: &str, values: Vec<Value>, user: &User) -> Result<(), Refused> {
    file::put_on(writing, user.id, user.image.as_ref(), user.updated_at).await?;
    let placed: Placed = portable::one(writing.transaction, text, values).await?.ok_or(Refused::Stale)?;
    if placed.department.is_some() == user.department.is_some() { Ok(()) } else { Err(Refused::Stale) }
}

pub(super) async fn add_rejection(writing: &Writing<'_>, new: &Rejection) -> Result<(), Refused> {
    let Rejection {
        id,
        organization: _,
        user,
        company_number,
        first_name,
        last_name,
        email,
        department,
        reason,
        rejected_by,
        rejected_at,
    } = new;
    let row = rejection::ActiveModel {
        serial: NotSet,
        id: Set(id.0),
        organization: Set(writing.organization),
        account: Set(user.0),
        company_number: Set(*company_number),
        first_name: Set(first_name.clone()),
        last_name: Set(last_name.clone()),
        email: Set(email.clone()),
        department: Set(department.clone()),
        reason: Set(reason.clone()),
        rejected_by: Set(rejected_by.0),
        rejected_at: Set(micros(*rejected_at)),
    };
    rejection::Entity::insert(row).exec_without_returning(writing.transaction).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

/// Commits with events hold the organization's row, so that no other takes the last admin away meanwhile.
pub(super) async fn keep_admin(writing: &Writing<'_>) -> Result<(), Refused> {
    let text = "SELECT COUNT(*) AS n FROM account WHERE organization = ? AND role = ? AND is_active = ? AND is_approved = ? \
        AND deleted_at IS NULL";
    let values = vec![writing.organization.into(), Role::Admin.word().into(), true.into(), true.into()];
    let admins = portable::one::<Count>(writing.transaction, text, values).await?;
    if admins.is_some_and(|count| count.n > 0) { Ok(()) } else { Err(Refused::Stale) }
}

pub(super) async fn see(writing: &Writing<'_>, user: UserId, at: Moment) -> Result<(), Refused> {
    let text = "UPDATE account SET last_active_at = ? WHERE organization = ? AND id = ?";
    portable::execute(writing.transaction, text, vec![micros(at).into(), writing.organization.into(), user.0.into()]).await?;
    Ok(())
}

const INSERT_SESSION: &str = "INSERT INTO session (id, account, audience, refresh_id, days, created_at, expires_at, revoked_at) \
    VALUES (?, (SELECT serial FROM account WHERE organization = ? AND id = ?), ?, ?, ?, ?, ?, ?)";

pub(super) async fn add_session(writing: &Writing<'_>, new: &Session) -> Result<(), Refused> {
    let Session { id, user, audience, refresh_id, days, created_at, expires_at, revoked_at } = new;
    let values = vec![
        id.0.into(),
        writing.organization.into(),
        user.0.into(),
        audience.as_str().into(),
        (*refresh_id).into(),
        (*days).into(),
        micros(*created_at).into(),
        micros(*expires_at).into(),
        some_micros(*revoked_at).into(),
    ];
    portable::execute(writing.transaction, INSERT_SESSION, values).await?;
    Ok(())
}

/// Logins of the organization's people.
const OF_ORGANIZATION: &str = "account IN (SELECT serial FROM account WHERE organization = ? AND id = ?)";

pub(super) async fn rotate(writing: &Writing<'_>, session: &Session, spent: Uuid) -> Result<(), Refused> {
    let text = format!(
        "UPDATE session SET refresh_id = ?, expires_at = ? WHERE id = ? AND refresh_id = ? AND revoked_at IS NULL \
         AND {OF_ORGANIZATION}"
    );
    let values = vec![
        session.refresh_id.into(),
        micros(session.expires_at).into(),
        session.id.0.into(),
        spent.into(),
        writing.organization.into(),
        session.user.0.into(),
    ];
    if portable::execute(writing.transaction, &text, values).await? == 0 { Err(Refused::Stale) } else { Ok(()) }
}

pub(super) async fn end_session(writing: &Writing<'_>, id: SessionId, at: Moment) -> Result<(), Refused> {
    let text = "UPDATE session SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL \
        AND account IN (SELECT serial FROM account WHERE organization = ?)";
    portable::execute(writing.transaction, text, vec![micros(at).into(), id.0.into(), writing.organization.into()]).await?;
    Ok(())
}

pub(super) async fn end_sessions_of(writing: &Writing<'_>, user: UserId, at: Moment) -> Result<(), Refused> {
    let text = format!("UPDATE session SET revoked_at = ? WHERE revoked_at IS NULL AND {OF_ORGANIZATION}");
    let values = vec![micros(at).into(), writing.organization.into(), user.0.into()];
    portable::execute(writing.transaction, &text, values).await?;
    Ok(())
}
