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

/// Marks the row of what was open when the last day ended.
const BACKLOG: i64 = -1;
/// Marks the row that says up to which ticket the days are counted.
const UNTIL: i64 = -2;

/// The figures; none while the organization's days are still being counted.
pub(super) async fn read(
    connection: &impl ConnectionTrait,
    organization: i64,
    span: Span,
    by_tag: bool,
    now: Moment,
) -> Result<Option<Numbers>, DbErr> {
    let mut numbers = Numbers::default();
    let mut is_whole = false;
    for Row { mark, day, value, flow } in flows(organization, span, by_tag).all(connection, row).await? {
        match sort_of(mark) {
            None if mark == BACKLOG => numbers.backlog = value,
            None => is_whole = value == ALL,
            Some(sort) => {
                // Each ticket has one priority, so that those of a day are all of it.
                if let (Sort::Priority, Some(day)) = (sort, days::day(day)) {
                    numbers.by_day.entry(day).or_default().add(&flow);
                }
                numbers.by_sort.entry((sort, value)).or_default().add(&flow);
            }
        }
    }
    if !is_whole {
        return Ok(None);
    }
    numbers.open = open(connection, organization, now).await?;
    Ok(Some(numbers))
}

/// What happened to tickets of a sort and value, on a day or (where that is not told) on all of them.
struct Row {
    mark: i64,
    day: i64,
    value: i64,
    flow: Flow,
}

/// Priorities day by day, the other sorts over all days, the backlog, and how far counting has come.
fn flows(organization: i64, span: Span, by_tag: bool) -> Sql {
    let [first, last] = [span.first, span.last].map(|day| Value::from(days::number(day)));
    let (of, priority) = (Value::from(organization), Value::from(Sort::Priority.number()));
    let others = [Sort::Category, Sort::Agent, Sort::Tag].into_iter().filter(|sort| by_tag || *sort != Sort::Tag);
    let others: Vec<Value> = others.map(|sort| sort.number().into()).collect();
    let mut question = Sql::new(
        "SELECT CAST(sort AS BIGINT), day, value, created, ended, judged, met, answers, resolutions FROM ticket_day \
         WHERE organization = ? AND sort = ? AND day BETWEEN ? AND ?",
        [of.clone(), priority.clone(), first.clone(), last.clone()],
    );
    let sums = ["created", "ended", "judged", "met"].map(|column| format!("CAST(SUM({column}) AS BIGINT)")).join(", ");
    question.bind(
        &format!(
            " UNION ALL SELECT CAST(sort AS BIGINT), CAST(0 AS BIGINT), value, {sums}, STRING_AGG(answers, ''), \
             STRING_AGG(resolutions, '') FROM ticket_day WHERE organization = ? AND sort IN ({}) \
             AND day BETWEEN ? AND ? GROUP BY sort, value",
            repeated("?", others.len())
        ),
        std::iter::once(of.clone()).chain(others).chain([first, last.clone()]),
    );
    let nothing = format!("{}, '', ''", ["CAST(0 AS BIGINT)"; 4].join(", "));
    question.bind(
        &format!(
            " UNION ALL SELECT CAST({BACKLOG} AS BIGINT), CAST(0 AS BIGINT), CAST(COALESCE(SUM(created - ended), 0) AS BIGINT), \
             {nothing} FROM ticket_day WHERE organization = ? AND sort = ? AND day <= ?"
        ),
        [of.clone(), priority, last],
    );
    question.bind(
        &format!(
            " UNION ALL SELECT CAST({UNTIL} AS BIGINT), CAST(0 AS BIGINT), days_until, {nothing} FROM organization WHERE serial = ?"
        ),
        [of],
    );
    question
}

fn row(row: &mut Fields<'_>) -> Result<Row, DbErr> {
    let (mark, day, value) = (row.next()?, row.next()?, row.next()?);
    let mut count = || row.next::<i64>().map(|n| u64::try_from(n).unwrap_or(0));
    let (created, ended, judged, met) = (count()?, count()?, count()?, count()?);
    let (answers, resolutions) = (days::told(&row.next::<String>()?), days::told(&row.next::<String>()?));
    Ok(Row { mark, day, value, flow: Flow { created, ended, answers, resolutions, judged, met } })
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
