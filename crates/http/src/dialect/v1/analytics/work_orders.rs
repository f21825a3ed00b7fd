//! Figures over work orders.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use helpdesk_domain::analytics::{WorkDone, WorkFigures, WorkReport};
use helpdesk_domain::field_service::WorkStatus;
use serde::Serialize;
use utoipa::ToSchema;

use super::shape::{DateRange, Named};
use crate::dialect::v1::say::Shows;
use crate::dialect::v1::shape::Key;
use crate::gate::Seen;

/// What was done on site.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkTotals {
    /// Neither completed nor cancelled at this moment.
    pub open: u64,
    /// Open ones whose estimated time is over at this moment.
    pub overdue: u64,
    /// Completed on the days.
    pub completed: u64,
    /// Those of them that had a time and an estimate.
    pub judged: u64,
    /// Those of these that were completed before their estimated time was over.
    pub on_time: u64,
    /// `on_time` / `judged`, to four places; none where nothing was judged.
    pub on_time_rate: Option<f64>,
    /// What the materials of the completed ones cost.
    pub total_cost: f64,
}

impl From<&WorkFigures> for WorkTotals {
    fn from(figures: &WorkFigures) -> Self {
        let total = figures.total();
        let WorkDone { completed, judged, on_time, cost } = total;
        let (open, overdue) = (figures.open(), figures.overdue);
        Self { open, overdue, completed, judged, on_time, on_time_rate: share(&total), total_cost: money(cost) }
    }
}

/// One day.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkDay {
    /// The day in the organization's time zone.
    pub date: NaiveDate,
    /// Completed.
    pub completed: u64,
    /// Share of those with a time and an estimate that were on time.
    pub on_time_rate: Option<f64>,
    /// What the materials of the completed ones cost.
    pub total_cost: f64,
}

/// What a technician has, and has done.
#[derive(Debug, Serialize, ToSchema)]
pub struct TechnicianLoad<K: Key> {
    /// The technician; none for what nobody has.
    pub technician: Option<Named<K>>,
    /// Open at this moment.
    pub open: u64,
    /// Completed on the days.
    pub completed: u64,
    /// Share of those with a time and an estimate that were on time.
    pub on_time_rate: Option<f64>,
    /// What the materials of the completed ones cost.
    pub total_cost: f64,
}

/// Work orders.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WorkOrderAnalytics)]
pub struct WorkOrders<K: Key> {
    /// Which days.
    pub date_range: DateRange,
    /// Whose days: the organization's zone.
    pub time_zone: String,
    /// All days together.
    pub totals: WorkTotals,
    /// How many there are of each status at this moment.
    pub by_status: BTreeMap<String, u64>,
    /// Day by day.
    pub series: Vec<WorkDay>,
    /// By technician.
    pub technicians: Vec<TechnicianLoad<K>>,
}

impl<K: Key> Shows<WorkReport> for WorkOrders<K> {
    fn show(report: &WorkReport, _: &Seen<'_>) -> Self {
        let WorkReport { span, figures } = report;
        let mut by_status: BTreeMap<_, _> = WorkStatus::ALL.into_iter().map(|status| (status.word().to_owned(), 0)).collect();
        by_status.extend(figures.by_status.iter().map(|(status, n)| (status.word().to_owned(), *n)));
        let done: BTreeMap<_, _> = figures.by_day.iter().copied().collect();
        let day = |date| {
            let done = done.get(&date).copied().unwrap_or_default();
            WorkDay { date, completed: done.completed, on_time_rate: share(&done), total_cost: money(done.cost) }
        };
        Self {
            date_range: DateRange::from(*span),
            time_zone: span.zone.name().to_owned(),
            totals: WorkTotals::from(figures),
            by_status,
            series: span.days().map(day).collect(),
            technicians: technicians(figures),
        }
    }
}

fn technicians<K: Key>(figures: &WorkFigures) -> Vec<TechnicianLoad<K>> {
    let loads = figures.by_technician.iter().map(|(person, open, done)| TechnicianLoad {
        technician: person.as_ref().map(|person| Named::new(person.id.0, person.serial, person.name())),
        open: *open,
        completed: done.completed,
        on_time_rate: share(done),
        total_cost: money(done.cost),
    });
    loads.collect()
}

fn share(done: &WorkDone) -> Option<f64> {
    done.on_time_share().map(|share| (share * 10_000.0).round() / 10_000.0)
}

#[expect(clippy::cast_precision_loss, reason = "a sum of fewer than 2^53 hundredths")]
fn money(hundredths: i64) -> f64 {
    hundredths as f64 / 100.0
}
