//! Which index a list is read by, decided by how many tickets each part of the filter lets through.

use sea_orm::{ConnectionTrait, DbErr, Value};

use super::condition::{Column, Driver};
use super::order::{Key, Order};
use super::wanted::{Holder, Seen, Wanted};
use crate::portable::repeated;
use crate::sql::Sql;
use crate::tally::Facet;

/// With more tickets than this on it no way is worth sorting.
const ENOUGH: i64 = 20_000;

/// The indexes to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plan {
    /// To show a part of the list.
    pub show: Driver,
    /// To count it.
    pub count: Driver,
}

/// A way in, and how many tickets lie on it.
struct Way {
    driver: Driver,
    count: Sql,
}

impl Plan {
    /// Decides; asks the tally (one statement) where there is a choice. `depth` is how many tickets are to be passed and shown.
    pub async fn of(connection: &impl ConnectionTrait, wanted: &Wanted, order: &Order, depth: i64) -> Result<Self, DbErr> {
        let by_age = matches!(order.first().map(|level| level.key), Some(Key::CreatedAt));
        let walk = if by_age { Driver::Age } else { Driver::Order };
        if wanted.seen != Seen::All || wanted.involving.is_some() {
            return Ok(Self { show: walk, count: walk });
        }
        let mut ways = ways(wanted);
        if !by_age && (wanted.created_from.is_some() || wanted.created_before.is_some()) {
            ways.push(Way { driver: Driver::Age, count: in_days(wanted) });
        }
        let only = ways.first().map(|way| way.driver);
        match only {
            None => return Ok(Self { show: walk, count: Driver::Age }),
            Some(driver) if by_age && ways.len() == 1 && driver != Driver::Due => {
                return Ok(Self { show: driver, count: driver });
            }
            Some(_) => {}
        }
        let (total, best, least) = narrowest(connection, wanted.organization, ways).await?;
        let sorting_is_cheaper = i128::from(least) * i128::from(least) <= i128::from(depth) * i128::from(total);
        let in_order = by_age && best != Driver::Due;
        let show = if in_order || sorting_is_cheaper || !order.is_indexed() { best } else { walk };
        Ok(Self { show, count: best })
    }
}

/// The narrowest index for those tickets that are wanted and open, or that have changed since a moment.
pub(super) async fn narrowest_for(connection: &impl ConnectionTrait, wanted: &Wanted, part: Part) -> Result<Driver, DbErr> {
    let mut ways = ways(wanted);
    ways.push(match part {
        Part::Open => {
            let open = super::matching::open();
            let condition = format!(" AND value = 0 AND status IN ({})", repeated("?", open.len()));
            let count = tallied(wanted.organization, Facet::All, &condition, open.into_iter().map(Value::from));
            Way { driver: Driver::Column(Column::Status), count }
        }
        // About as many change in some days as are made in them.
        Part::ChangedSince(micros) => {
            let since = Wanted { created_from: Some(micros), created_before: None, ..wanted.clone() };
            Way { driver: Driver::Order, count: in_days(&since) }
        }
    });
    let (_, best, _) = narrowest(connection, wanted.organization, ways).await?;
    Ok(best)
}

/// A part of what is wanted.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    Open,
    ChangedSince(i64),
}

/// How many tickets there are, the way on which the fewest lie, and how many those are.
async fn narrowest(connection: &impl ConnectionTrait, organization: i64, ways: Vec<Way>) -> Result<(i64, Driver, i64), DbErr> {
    let all = tallied(organization, Facet::All, " AND value = 0", []);
    let (drivers, counts): (Vec<Driver>, Vec<Sql>) = ways.into_iter().map(|way| (way.driver, way.count)).unzip();
    let mut question = Sql::new("SELECT (", []);
    question.append(Sql::joined(std::iter::once(all).chain(counts), "), (")).push(")");
    let found = question
        .one(connection, |row| {
            let total = row.next::<i64>()?;
            let counts: Vec<i64> = drivers.iter().map(|_| row.next()).collect::<Result<_, DbErr>>()?;
            Ok((total, counts))
        })
        .await?;
    let (total, counts) = found.unwrap_or_default();
    let least = drivers.into_iter().zip(counts).min_by_key(|(_, n)| *n);
    Ok(least.map_or((total, Driver::Age, total), |(driver, n)| (total, driver, n)))
}

fn ways(wanted: &Wanted) -> Vec<Way> {
    let way = |driver, facet, condition: &str, values: Vec<i64>| {
        let count = tallied(wanted.organization, facet, condition, values.into_iter().map(Value::from));
        Way { driver, count }
    };
    let one = |column, facet, value: i64| way(Driver::Column(column), facet, " AND value = ?", vec![value]);
    let some = |driver, facet, column: &str, values: &Vec<i64>| {
        let condition = format!(" AND {column} IN ({})", repeated("?", values.len()));
        way(driver, facet, &condition, values.clone())
    };
    let assignee = wanted.assignee.map(|holder| match holder {
        Holder::Account(account) => account,
        Holder::Nobody => 0,
    });
    let ways = [
        (!wanted.tags.is_empty()).then(|| some(Driver::Tag, Facet::Tag, "value", &wanted.tags)),
        wanted.requester.map(|account| one(Column::Requester, Facet::Requester, account)),
        assignee.map(|account| one(Column::Assignee, Facet::Assignee, account)),
        wanted.category.map(|category| one(Column::Category, Facet::Category, category)),
        wanted.department.map(|department| one(Column::Department, Facet::Department, department)),
        wanted.statuses.as_ref().map(|all| some(Driver::Column(Column::Status), Facet::All, "status", all)),
        wanted.priorities.as_ref().map(|all| some(Driver::Column(Column::Priority), Facet::All, "priority", all)),
    ];
    ways.into_iter().flatten().chain(by_deadline(wanted)).collect()
}

/// Of deadlines nobody keeps count: the tickets on these ways are looked at, up to so many that it does not matter.
fn by_deadline(wanted: &Wanted) -> impl Iterator<Item = Way> {
    let phase = wanted.phases().map(|values| Way {
        driver: Driver::Column(Column::Phase),
        count: some_of(wanted.organization, &format!("sla_phase IN ({})", repeated("?", values.len())), values),
    });
    let asks = wanted.due_from.is_some() || wanted.due_before.is_some();
    let bounds = vec![wanted.due_from.unwrap_or(i64::MIN), wanted.due_before.unwrap_or(i64::MAX)];
    let due =
        asks.then(|| Way { driver: Driver::Due, count: some_of(wanted.organization, "due_at >= ? AND due_at < ?", bounds) });
    phase.into_iter().chain(due)
}

/// How many there are, at most [`ENOUGH`].
fn some_of(organization: i64, condition: &str, values: Vec<i64>) -> Sql {
    let mut count = Sql::new("SELECT COUNT(*) FROM (SELECT 1 FROM ticket WHERE organization = ? AND ", [organization.into()]);
    count.bind(condition, values.into_iter().map(Value::from)).bind(" LIMIT ?) AS few", [ENOUGH.into()]);
    count
}

/// As many as were created on the days of the span, the first and the last one whole.
fn in_days(wanted: &Wanted) -> Sql {
    let day = |micros: i64| micros.div_euclid(super::count::MICROS_A_DAY);
    let (from, to) = (wanted.created_from.map_or(i64::MIN, day), wanted.created_before.map_or(i64::MAX, day));
    tallied(wanted.organization, Facet::CreatedDay, " AND value BETWEEN ? AND ?", [from.into(), to.into()])
}

/// The sum over the rows of a facet for which something more holds.
pub(super) fn tallied(organization: i64, facet: Facet, condition: &str, values: impl IntoIterator<Item = Value>) -> Sql {
    let mut question = Sql::new(
        "SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM ticket_tally WHERE organization = ? AND facet = ?",
        [organization.into(), facet.number().into()],
    );
    question.bind(condition, values);
    question
}
