//! How many accounts there are of which sort, kept by every commit: a list of people is counted without reading it.

use helpdesk_domain::identity::Role;
use helpdesk_domain::kernel::id::OrganizationId;
use sea_orm::{ConnectionTrait, DbErr, Value};

use crate::portable::repeated;
use crate::sql::Sql;

/// What an account is counted as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sort {
    pub role: Role,
    pub is_active: bool,
}

/// How many accounts of these roles (any, when there are none) there are.
pub(crate) async fn count(
    connection: &impl ConnectionTrait,
    organization: OrganizationId,
    roles: &[Role],
    is_active: Option<bool>,
) -> Result<u64, DbErr> {
    let mut question = Sql::new(
        "SELECT CAST(COALESCE(SUM(a.n), 0) AS BIGINT) FROM organization AS o JOIN account_tally AS a ON a.organization = o.serial \
         WHERE o.id = ?",
        [organization.0.into()],
    );
    if !roles.is_empty() {
        let words = roles.iter().map(|role| Value::from(role.word()));
        question.bind(&format!(" AND a.role IN ({})", repeated("?", roles.len())), words);
    }
    if let Some(active) = is_active {
        question.bind(" AND a.is_active = ?", [active.into()]);
    }
    Ok(u64::try_from(question.number(connection).await?).unwrap_or(0))
}

/// Moves an account from where it was counted to where it is now; none where it did not, or does not, exist.
pub(crate) async fn apply(
    connection: &impl ConnectionTrait,
    organization: i64,
    before: Option<Sort>,
    after: Option<Sort>,
) -> Result<(), DbErr> {
    if before == after {
        return Ok(());
    }
    for (sort, n) in [(before, -1_i64), (after, 1)] {
        let Some(Sort { role, is_active }) = sort else { continue };
        let values = [organization.into(), role.word().into(), is_active.into(), n.into()];
        let text = "INSERT INTO account_tally (organization, role, is_active, n) VALUES (?, ?, ?, ?) \
                    ON CONFLICT (organization, role, is_active) DO UPDATE SET n = account_tally.n + excluded.n";
        Sql::new(text, values).execute(connection).await?;
    }
    Ok(())
}
