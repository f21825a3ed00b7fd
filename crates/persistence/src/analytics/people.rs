//! Accounts: how many of which role, and how many came. One statement.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use helpdesk_domain::analytics::{PeopleFigures, Span};
use helpdesk_domain::identity::Role;
use sea_orm::{ConnectionTrait, DbErr, Value};

use super::QUARTER;
use crate::column::{damaged, micros, moment};
use crate::sql::{Fields, Sql, packed};

/// So many accounts that are alike.
struct Group {
    role: Role,
    is_approved: bool,
    is_active: bool,
    n: u64,
}

/// The organization's accounts, and what came of them in the span.
pub(super) async fn read(connection: &impl ConnectionTrait, organization: i64, span: Span) -> Result<PeopleFigures, DbErr> {
    let backend = connection.get_database_backend();
    let of = [Value::from(organization), micros(span.start()).into(), micros(span.end()).into()];
    let alike = packed(backend, "role, is_approved, is_active, n", "role");
    let mut question = Sql::new(
        format!(
            "SELECT (SELECT CAST({alike} AS TEXT) FROM (SELECT role, is_approved, is_active, COUNT(*) AS n FROM account \
             WHERE organization = ? AND deleted_at IS NULL GROUP BY role, is_approved, is_active) AS alike)"
        ),
        [organization.into()],
    );
    let quarters = packed(backend, "quarter, n", "");
    question.bind(
        &format!(
            ", (SELECT CAST({quarters} AS TEXT) FROM (SELECT created_at / {QUARTER} AS quarter, COUNT(*) AS n FROM account \
             WHERE organization = ? AND created_at >= ? AND created_at < ? AND deleted_at IS NULL GROUP BY created_at / {QUARTER}) AS made)"
        ),
        of.clone(),
    );
    question.bind(
        ", (SELECT COUNT(*) FROM account WHERE organization = ? AND last_active_at >= ? AND last_active_at < ? AND deleted_at IS NULL)",
        of,
    );
    let read = |row: &mut Fields<'_>| {
        let groups = row.rows(group)?;
        let made: Vec<(i64, i64)> = row.rows(|row| Ok((row.next()?, row.next()?)))?;
        Ok((groups, made, row.next::<i64>()?))
    };
    let (groups, made, seen) = question.one(connection, read).await?.unwrap_or_default();
    Ok(PeopleFigures { new_by_day: by_day(&made, span)?, seen: count(seen), ..standing(&groups) })
}

fn group(row: &mut Fields<'_>) -> Result<Group, DbErr> {
    let role: String = row.next()?;
    let role = Role::parse(&role).ok_or_else(|| damaged("role", role))?;
    Ok(Group { role, is_approved: row.flag()?, is_active: row.flag()?, n: count(row.next()?) })
}

fn standing(groups: &[Group]) -> PeopleFigures {
    let mut figures = PeopleFigures::default();
    for Group { role, is_approved, is_active, n } in groups {
        match (is_approved, is_active) {
            (true, true) => figures.by_role.push((*role, *n)),
            (true, false) => figures.inactive += n,
            (false, _) => figures.pending += n,
        }
    }
    figures
}

fn by_day(made: &[(i64, i64)], span: Span) -> Result<Vec<(NaiveDate, u64)>, DbErr> {
    let mut days = BTreeMap::new();
    for (quarter, n) in made {
        *days.entry(span.zone.day_of(moment(quarter * QUARTER)?)).or_default() += count(*n);
    }
    Ok(days.into_iter().collect())
}

fn count(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}
