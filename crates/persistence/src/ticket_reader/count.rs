//! How many tickets a list has: from the tally where it knows, else from an index.

use sea_orm::Value;

use super::branch::branches;
use super::condition::Driver;
use super::order::Order;
use super::plan::tallied;
use super::question::range;
use super::wanted::{Holder, Seen, Wanted};
use crate::portable::repeated;
use crate::sql::Sql;
use crate::tally::Facet;

pub(super) const MICROS_A_DAY: i64 = 86_400_000_000;

/// How many there are, exactly. `driver` is the index to count by when it must be counted.
pub(super) fn count(wanted: &Wanted, driver: Driver) -> Sql {
    by_tally(wanted).or_else(|| by_days(wanted)).unwrap_or_else(|| by_index(wanted, driver))
}

/// States and priorities of everything, or of one category, department, assignee, requester or tag; or of what is
/// somebody's own or assigned to them.
fn by_tally(wanted: &Wanted) -> Option<Sql> {
    if wanted.created_from.is_some() || wanted.created_before.is_some() || wanted.asks_for_deadlines() {
        return None;
    }
    let sum = |(facet, value): (Facet, i64)| {
        let mut sum = tallied(wanted.organization, facet, " AND value = ?", [value.into()]);
        sum.append(sorts(wanted, ""));
        sum
    };
    let facet = facet(wanted)?;
    let Some(account) = own_and_assigned(wanted)? else { return Some(sum(facet)) };
    if facet != (Facet::All, 0) {
        return None;
    }
    let both = [wanted.organization, account, account].map(Value::from);
    let mut question = Sql::new("SELECT (", []);
    question.append(sum((Facet::Requester, account))).push(") + (").append(sum((Facet::Assignee, account)));
    question.bind(") - (SELECT COUNT(*) FROM ticket WHERE organization = ? AND requester = ? AND +assignee = ?", both);
    question.append(sorts(wanted, "+")).push(")");
    Some(question)
}

/// ` AND …` for the states and priorities that are wanted.
fn sorts(wanted: &Wanted, plus: &str) -> Sql {
    let mut sorts = Sql::default();
    for (column, wanted) in [("status", &wanted.statuses), ("priority", &wanted.priorities)] {
        if let Some(wanted) = wanted {
            let values = wanted.iter().map(|value| Value::from(*value));
            sorts.bind(&format!(" AND {plus}{column} IN ({})", repeated("?", wanted.len())), values);
        }
    }
    sorts
}

/// Whose own and assigned tickets the list is of; nothing when it is of those of two people at once.
#[expect(clippy::option_option, reason = "nobody's list is counted too")]
fn own_and_assigned(wanted: &Wanted) -> Option<Option<i64>> {
    match (wanted.seen, wanted.involving) {
        (Seen::OwnAndAssigned(account), None) | (Seen::All, Some(account)) => Some(Some(account)),
        (Seen::All | Seen::Own(_), None) => Some(None),
        (Seen::Own(_) | Seen::OwnAndAssigned(_), Some(_)) => None,
    }
}

/// The one thing besides state and priority that the tickets have in common; none when there are several.
fn facet(wanted: &Wanted) -> Option<(Facet, i64)> {
    let own = match wanted.seen {
        Seen::All | Seen::OwnAndAssigned(_) => None,
        Seen::Own(account) => Some(account),
    };
    let assignee = wanted.assignee.map(|holder| match holder {
        Holder::Account(account) => account,
        Holder::Nobody => 0,
    });
    let requester = match (own, wanted.requester) {
        (Some(own), Some(requester)) if own != requester => return None,
        (own, requester) => own.or(requester),
    };
    if wanted.tags.len() > 1 {
        return None;
    }
    let facets = [
        (Facet::Requester, requester),
        (Facet::Assignee, assignee),
        (Facet::Category, wanted.category),
        (Facet::Department, wanted.department),
        (Facet::Tag, wanted.tags.first().copied()),
    ];
    let mut given = facets.into_iter().filter_map(|(facet, value)| value.map(|value| (facet, value)));
    let first = given.next();
    given.next().is_none().then_some(first.unwrap_or((Facet::All, 0)))
}

/// A span of time and nothing else: whole days from the tally, what is left at both ends from the index.
fn by_days(wanted: &Wanted) -> Option<Sql> {
    let span = Wanted { created_from: None, created_before: None, ..wanted.clone() };
    if wanted.seen != Seen::All || facet(&span) != Some((Facet::All, 0)) || wanted.involving.is_some() {
        return None;
    }
    if wanted.statuses.is_some() || wanted.priorities.is_some() || wanted.asks_for_deadlines() {
        return None;
    }
    let (from, to) = (wanted.created_from.unwrap_or(i64::MIN), wanted.created_before.unwrap_or(i64::MAX));
    let (first, last) = (next_midnight(from), to.div_euclid(MICROS_A_DAY));
    if first > last {
        return None;
    }
    let mut question = Sql::new("SELECT (", []);
    let days = [first.into(), last.into()];
    question.append(tallied(wanted.organization, Facet::CreatedDay, " AND value >= ? AND value < ?", days));
    question.push(") + (").append(between(wanted.organization, from, first.saturating_mul(MICROS_A_DAY)));
    question.push(") + (").append(between(wanted.organization, last.saturating_mul(MICROS_A_DAY), to)).push(")");
    Some(question)
}

/// The first day that begins at that moment or after it.
fn next_midnight(micros: i64) -> i64 {
    let day = micros.div_euclid(MICROS_A_DAY);
    if micros.rem_euclid(MICROS_A_DAY) == 0 { day } else { day + 1 }
}

fn between(organization: i64, from: i64, to: i64) -> Sql {
    Sql::new(
        "SELECT COUNT(*) FROM ticket WHERE organization = ? AND created_at >= ? AND created_at < ?",
        [organization.into(), from.into(), to.into()],
    )
}

fn by_index(wanted: &Wanted, driver: Driver) -> Sql {
    let any = Order::of(&[]);
    // One range is enough where the order does not matter.
    let driver = if driver == Driver::Order { Driver::Age } else { driver };
    let ranges = branches(wanted, &any, driver).into_iter().map(|branch| {
        let mut question = Sql::new("SELECT COUNT(*) AS n", []);
        question.append(range(wanted.organization, &branch, &any));
        question
    });
    let mut question = Sql::new("SELECT CAST(SUM(n) AS BIGINT) FROM (", []);
    question.append(Sql::joined(ranges, " UNION ALL ")).push(") AS counted");
    question
}
