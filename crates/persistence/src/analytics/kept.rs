//! All tickets: what happened from the days that commits keep, what is open from the tally. Two statements.

use helpdesk_domain::analytics::{Flow, Span};
use helpdesk_domain::kernel::Moment;
use sea_orm::{ConnectionTrait, DbErr, Value};

use super::{Numbers, Open};
use crate::column::{micros, priority, status};
use crate::days::{self, ALL, Sort};
use crate::portable::repeated;
use crate::sql::{Fields, Sql};
use crate::tally::Facet;
use crate::ticket_reader::{open_states, overdue};

/// Marks the rows that are of a day.
const DAY: i64 = -1;
/// Marks the row of what was open when the last day ended.
const BACKLOG: i64 = -2;
/// Marks the row that says up to which ticket the days are counted.
const UNTIL: i64 = -3;

const FLOW: &str = "CAST(SUM(created) AS BIGINT), CAST(SUM(ended) AS BIGINT), CAST(SUM(judged) AS BIGINT), \
    CAST(SUM(met) AS BIGINT), STRING_AGG(answers, ''), STRING_AGG(resolutions, '')";

/// The figures; none while the organization's days are still being counted.
pub(super) async fn read(
    connection: &impl ConnectionTrait,
    organization: i64,
    span: Span,
    now: Moment,
) -> Result<Option<Numbers>, DbErr> {
    let mut numbers = Numbers::default();
    let mut is_whole = false;
    for (mark, value, flow) in flows(organization, span).all(connection, flow).await? {
        match mark {
            DAY => numbers.by_day.extend(days::day(value).map(|day| (day, flow))),
            BACKLOG => numbers.backlog = value,
            UNTIL => is_whole = value == ALL,
            sort => numbers.by_sort.extend(sort_of(sort).map(|sort| ((sort, value), flow))),
        }
    }
    if !is_whole {
        return Ok(None);
    }
    numbers.open = open(connection, organization, now).await?;
    Ok(Some(numbers))
}

/// Rows of a mark or sort, a value, and a flow.
fn flows(organization: i64, span: Span) -> Sql {
    let [priority, last] = [Sort::Priority.number().into(), Value::from(days::number(span.last))];
    let days = [Value::from(organization), priority, days::number(span.first).into(), last];
    let [_, priority, first, last] = days.clone();
    let mut question = Sql::new(
        format!(
            "SELECT CAST({DAY} AS BIGINT), day, {FLOW} FROM ticket_day \
             WHERE organization = ? AND sort = ? AND day BETWEEN ? AND ? GROUP BY day"
        ),
        days,
    );
    question.push(&format!(
        " UNION ALL SELECT CAST(sort AS BIGINT), value, {FLOW} FROM ticket_day WHERE organization = ? AND sort IN ({})",
        repeated("?", Sort::ALL.len())
    ));
    question.bind("", std::iter::once(organization.into()).chain(Sort::ALL.map(|sort| sort.number().into())));
    question.bind(" AND day BETWEEN ? AND ? GROUP BY sort, value", [first, last.clone()]);
    let nothing = "CAST(0 AS BIGINT), CAST(0 AS BIGINT), CAST(0 AS BIGINT), CAST(0 AS BIGINT), '', ''";
    question.bind(
        &format!(
            " UNION ALL SELECT CAST({BACKLOG} AS BIGINT), CAST(COALESCE(SUM(created - ended), 0) AS BIGINT), {nothing} \
             FROM ticket_day WHERE organization = ? AND sort = ? AND day <= ?"
        ),
        [organization.into(), priority, last],
    );
    question.bind(
        &format!(" UNION ALL SELECT CAST({UNTIL} AS BIGINT), days_until, {nothing} FROM organization WHERE serial = ?"),
        [organization.into()],
    );
    question
}

fn flow(row: &mut Fields<'_>) -> Result<(i64, i64, Flow), DbErr> {
    let (mark, value) = (row.next()?, row.next()?);
    let mut count = || row.next::<i64>().map(|n| u64::try_from(n).unwrap_or(0));
    let (created, ended, judged, met) = (count()?, count()?, count()?, count()?);
    let (answers, resolutions) = (days::told(&row.next::<String>()?), days::told(&row.next::<String>()?));
    Ok((mark, value, Flow { created, ended, answers, resolutions, judged, met }))
}

fn sort_of(number: i64) -> Option<Sort> {
    Sort::ALL.into_iter().find(|sort| i64::from(sort.number()) == number)
}

/// Marks the rows of [`open`]: by status and priority, by agent, and how many are overdue.
const MARKS: [i64; 3] = [0, 1, 2];

async fn open(connection: &impl ConnectionTrait, organization: i64, now: Moment) -> Result<Open, DbErr> {
    let states = open_states();
    let [by_status, by_agent, late] = MARKS;
    let of = |facet: Facet| {
        let values = [Value::from(organization), facet.number().into()];
        values.into_iter().chain(states.iter().map(|state| (*state).into())).collect::<Vec<_>>()
    };
    let tally = format!("FROM ticket_tally WHERE organization = ? AND facet = ? AND status IN ({})", repeated("?", states.len()));
    let mut question = Sql::new(
        format!("SELECT CAST({by_status} AS BIGINT), CAST(status AS BIGINT), CAST(priority AS BIGINT), n {tally} AND n > 0"),
        of(Facet::All),
    );
    let agents = format!("CAST({by_agent} AS BIGINT), value, CAST(0 AS BIGINT), CAST(SUM(n) AS BIGINT)");
    question.bind(&format!(" UNION ALL SELECT {agents} {tally} GROUP BY value HAVING SUM(n) > 0"), of(Facet::Assignee));
    question.push(&format!(" UNION ALL SELECT CAST({late} AS BIGINT), CAST(0 AS BIGINT), CAST(0 AS BIGINT), "));
    question.append(overdue(&organization.into(), micros(now)));
    let rows = question.all(connection, |row| Ok((row.next()?, row.next()?, row.next()?, row.next()?))).await?;
    opened(&rows)
}

fn opened(rows: &[(i64, i64, i64, i64)]) -> Result<Open, DbErr> {
    let [by_status, by_agent, _] = MARKS;
    let small = |number: i64| i16::try_from(number).unwrap_or(-1);
    let mut open = Open::default();
    for (mark, value, detail, n) in rows {
        let n = u64::try_from(*n).unwrap_or(0);
        if *mark == by_status {
            open.by_status_and_priority.push((status(small(*value))?, priority(small(*detail))?, n));
        } else if *mark == by_agent {
            open.by_agent.insert(*value, n);
        } else {
            open.overdue = n;
        }
    }
    Ok(open)
}
