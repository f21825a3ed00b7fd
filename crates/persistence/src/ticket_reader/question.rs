//! Ranges, merged into the part of a list that is wanted, as SQL.

use helpdesk_domain::kernel::{PageRequest, Paging};
use sea_orm::{DbErr, Value};

use super::branch::Branch;
use super::condition::Driver;
use super::order::{Key, Level, Order};
use crate::fault::lost;
use crate::portable::repeated;
use crate::sql::Sql;

/// `FROM … WHERE …` of a range of tickets `t`.
pub(super) fn range(organization: i64, branch: &Branch, order: &Order) -> Sql {
    let is_by_age = order.0.iter().all(|level| matches!(level.key, Key::CreatedAt | Key::Serial));
    let mut sql = match branch.tag {
        // A tag belongs to one organization, and so do its tickets.
        Some(tag) if branch.conditions.is_empty() && is_by_age => Sql::new(" FROM ticket_tag AS g WHERE g.tag = ?", [tag.into()]),
        Some(tag) => Sql::new(
            " FROM ticket_tag AS g JOIN ticket AS t ON t.serial = g.ticket WHERE g.tag = ? AND +t.organization = ?",
            [tag.into(), organization.into()],
        ),
        None => Sql::new(" FROM ticket AS t WHERE t.organization = ?", [organization.into()]),
    };
    for condition in &branch.conditions {
        sql.push(" AND ").append(condition.sql(branch.driver));
    }
    sql
}

/// The serials of a range and what they are sorted by, from a place on. None where the whole range lies before it.
fn ordered(organization: i64, branch: &Branch, order: &Order, place: Option<&[i64]>) -> Option<Sql> {
    let keys: Vec<String> = order.0.iter().map(|level| key(branch, *level)).collect();
    let mut sql = Sql::new(format!("SELECT {} AS serial", if branch.tag.is_some() { "g.ticket" } else { "t.serial" }), []);
    for (n, key) in keys.iter().enumerate() {
        sql.push(&format!(", {key} AS k{n}"));
    }
    sql.append(range(organization, branch, order));
    if order.0.len() > 2 && branch.tag.is_none() && matches!(branch.driver, Driver::Age | Driver::Order) {
        // Says nothing, but shows SQLite the index that the first level is ordered by.
        sql.bind(&format!(" AND {} >= ?", keys.first()?), [i64::MIN.into()]);
    }
    if let Some(place) = place {
        let behind = behind_in(branch, order, &keys, place)?;
        if !behind.is_empty() {
            sql.push(" AND ").append(behind);
        }
    }
    Some(sql)
}

/// The expression of a level. Where the range is not in its order, a plus keeps an index from pretending to be.
fn key(branch: &Branch, level: Level) -> String {
    match (level.key, branch.tag) {
        (Key::Serial, Some(_)) => "g.ticket".to_owned(),
        (Key::CreatedAt, Some(_)) => "g.created_at".to_owned(),
        (Key::Serial | Key::CreatedAt, None) => level.key.column().to_owned(),
        _ if branch.constant.is_some() || branch.driver == Driver::Order => level.key.column().to_owned(),
        _ => format!("+{}", level.key.column()),
    }
}

/// What lies behind a place, in a range of which the first level may be known.
fn behind_in(branch: &Branch, order: &Order, keys: &[String], place: &[i64]) -> Option<Sql> {
    let (Some(level), Some(here), Some(constant)) = (order.first(), place.first(), branch.constant) else {
        return Some(behind(&order.0, keys, place));
    };
    if constant == *here {
        return Some(behind(order.0.get(1..)?, keys.get(1..)?, place.get(1..)?));
    }
    ((constant < *here) == level.descending).then(Sql::default)
}

/// The condition that a ticket comes behind a place.
pub(super) fn behind(levels: &[Level], keys: &[String], place: &[i64]) -> Sql {
    let (Some((level, rest)), Some((key, keys_rest)), Some((value, values_rest))) =
        (levels.split_first(), keys.split_first(), place.split_first())
    else {
        return Sql::new("1 = 0", []);
    };
    let sign = if level.descending { "<" } else { ">" };
    let value = Value::from(*value);
    if rest.is_empty() {
        return Sql::new(format!("{key} {sign} ?"), [value]);
    }
    if rest.iter().all(|other| other.descending == level.descending) {
        // One comparison of rows, which an index answers.
        let values = std::iter::once(value).chain(values_rest.iter().map(|value| Value::from(*value)));
        return Sql::new(format!("({}) {sign} ({})", keys.join(", "), repeated("?", keys.len())), values);
    }
    let mut sql = Sql::new(format!("{key} {sign}= ? AND ({key} {sign} ? OR "), [value.clone(), value]);
    sql.append(behind(rest, keys_rest, values_rest)).push(")");
    sql
}

/// The part of the merged ranges that a page shows; none when it is known to be empty.
pub(super) fn part(organization: i64, branches: &[Branch], order: &Order, page: &PageRequest) -> Result<Option<Sql>, DbErr> {
    let place = place(order, page)?;
    let ranges: Vec<Sql> = branches.iter().filter_map(|branch| ordered(organization, branch, order, place.as_deref())).collect();
    if ranges.is_empty() {
        return Ok(None);
    }
    let mut sql = Sql::joined(ranges, " UNION ALL ");
    sql.push(" ORDER BY ").push(&order_by(order, "")).append(limit(page));
    Ok(Some(sql))
}

/// Where a walk goes on; none at its beginning.
pub(super) fn place(order: &Order, page: &PageRequest) -> Result<Option<Vec<i64>>, DbErr> {
    match &page.paging {
        Paging::After(cursor) => order.place(cursor).map(Some).ok_or_else(lost),
        Paging::Number(_) | Paging::Start => Ok(None),
    }
}

/// The levels as `k0 DESC, k1 ASC`, of the table of that prefix.
pub(super) fn order_by(order: &Order, prefix: &str) -> String {
    let levels = order.0.iter().enumerate().map(|(n, level)| format!("{prefix}k{n} {}", level.direction()));
    levels.collect::<Vec<_>>().join(", ")
}

/// A walk asks for one more than it shows, to know whether it goes on.
pub(crate) fn limit(page: &PageRequest) -> Sql {
    let size = i64::try_from(page.size).unwrap_or(100);
    if page.wants_count() {
        let offset = i64::try_from(page.offset()).unwrap_or(i64::MAX);
        Sql::new(" LIMIT ? OFFSET ?", [size.into(), offset.into()])
    } else {
        Sql::new(" LIMIT ?", [(size + 1).into()])
    }
}
