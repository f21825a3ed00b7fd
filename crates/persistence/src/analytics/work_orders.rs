//! Work orders: how many there are from their tally, what was done from the index of completions. Two statements.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use helpdesk_domain::analytics::{Span, WorkDone, WorkFigures};
use helpdesk_domain::field_service::WorkStatus;
use helpdesk_domain::kernel::Moment;
use helpdesk_domain::ticket::UserBrief;
use sea_orm::{ConnectionTrait, DbErr};

use super::QUARTER;
use super::names::{by_name, people};
use crate::column::{NEVER, damaged, micros, moment};
use crate::field_service::OPEN;
use crate::field_service::tally::Facet;
use crate::sql::{Fields, Sql, packed};

/// What was done by somebody in a quarter of an hour.
struct Done {
    quarter: i64,
    technician: i64,
    done: WorkDone,
}

/// What is read at once.
#[derive(Default)]
struct Read {
    by_status: Vec<(WorkStatus, u64)>,
    open: Vec<(i64, u64)>,
    done: Vec<Done>,
    overdue: u64,
}

/// The organization's work orders, and what was done in the span.
pub(super) async fn read(
    connection: &impl ConnectionTrait,
    organization: i64,
    span: Span,
    now: Moment,
) -> Result<WorkFigures, DbErr> {
    let Read { by_status, open, done, overdue } =
        question(connection, organization, span, now).one(connection, row).await?.unwrap_or_default();
    let mut by_day: BTreeMap<NaiveDate, WorkDone> = BTreeMap::new();
    let mut loads: BTreeMap<i64, (u64, WorkDone)> =
        open.into_iter().map(|(person, n)| (person, (n, WorkDone::default()))).collect();
    for Done { quarter, technician, done } in done {
        by_day.entry(span.zone.day_of(moment(quarter * QUARTER)?)).or_default().add(done);
        loads.entry(technician).or_default().1.add(done);
    }
    let serials: Vec<i64> = loads.keys().copied().collect();
    let names: HashMap<i64, UserBrief> = people(connection, &serials).await?;
    let by_technician = by_name(loads, &names, UserBrief::name, |(open, done)| *open == 0 && *done == WorkDone::default());
    let by_technician = by_technician.into_iter().map(|(person, (open, done))| (person, open, done)).collect();
    Ok(WorkFigures { by_status, overdue, by_day: by_day.into_iter().collect(), by_technician })
}

fn question(connection: &impl ConnectionTrait, organization: i64, span: Span, now: Moment) -> Sql {
    let backend = connection.get_database_backend();
    let tally = "CAST(SUM(n) AS BIGINT) AS n FROM work_order_tally WHERE organization = ? AND facet = ?";
    let mut question = Sql::new("SELECT ", []);
    question.bind(
        &format!(
            "(SELECT CAST({} AS TEXT) FROM (SELECT status, {tally} GROUP BY status HAVING SUM(n) > 0) AS states), ",
            packed(backend, "status, n", "status")
        ),
        [organization.into(), Facet::All.number().into()],
    );
    question.bind(
        &format!(
            "(SELECT CAST({} AS TEXT) FROM (SELECT value, {tally} AND status IN ({OPEN}) GROUP BY value HAVING SUM(n) > 0) AS loads), ",
            packed(backend, "value, n", "")
        ),
        [organization.into(), Facet::Technician.number().into()],
    );
    let judged = format!("scheduled_at < {NEVER} AND estimated_minutes IS NOT NULL");
    question.bind(
        &format!(
            "(SELECT CAST({} AS TEXT) FROM (SELECT completed_at / {QUARTER} AS quarter, COALESCE(technician, 0) AS technician, \
             COUNT(*) AS n, COUNT(CASE WHEN {judged} THEN 1 END) AS judged, \
             COUNT(CASE WHEN {judged} AND completed_at <= ends_at THEN 1 END) AS in_time, CAST(SUM(total_cost) AS BIGINT) AS cost \
             FROM work_order WHERE organization = ? AND completed_at >= ? AND completed_at < ? \
             GROUP BY completed_at / {QUARTER}, COALESCE(technician, 0)) AS done), ",
            packed(backend, "quarter, technician, n, judged, in_time, cost", "")
        ),
        [organization.into(), micros(span.start()).into(), micros(span.end()).into()],
    );
    question.bind(
        &format!(
            "(SELECT COUNT(*) FROM work_order WHERE organization = ? AND status IN ({OPEN}) AND scheduled_at < {NEVER} AND ends_at < ?)"
        ),
        [organization.into(), micros(now).into()],
    );
    question
}

fn row(row: &mut Fields<'_>) -> Result<Read, DbErr> {
    let by_status = row.rows(|row| {
        let number: i64 = row.next()?;
        let status = usize::try_from(number).ok().and_then(|n| WorkStatus::ALL.get(n).copied());
        Ok((status.ok_or_else(|| damaged("status", number))?, count(row.next()?)))
    })?;
    let open = row.rows(|row| Ok((row.next()?, count(row.next()?))))?;
    let done = row.rows(|row| {
        let (quarter, technician) = (row.next()?, row.next()?);
        let (completed, judged, on_time) = (count(row.next()?), count(row.next()?), count(row.next()?));
        Ok(Done { quarter, technician, done: WorkDone { completed, judged, on_time, cost: row.next()? } })
    })?;
    Ok(Read { by_status, open, done, overdue: count(row.next()?) })
}

fn count(n: i64) -> u64 {
    u64::try_from(n).unwrap_or(0)
}
