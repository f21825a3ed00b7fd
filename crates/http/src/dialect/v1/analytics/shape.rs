//! What all figures are made of.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use helpdesk_domain::analytics::{Day, Durations, Flow, Span, Standing};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::dialect::v1::Voice;
use crate::dialect::v1::shape::Key;

/// Something, and what it is called.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AnalyticsNamed)]
pub struct Named<K: Key> {
    /// Its id.
    pub id: K,
    /// Its name.
    pub name: String,
}

impl<K: Key> Named<K> {
    /// Something of that id and name.
    pub fn new(id: Uuid, serial: i64, name: impl Into<String>) -> Self {
        Self { id: K::of(id, serial), name: name.into() }
    }
}

/// Whole days of the organization's time zone.
#[derive(Debug, Serialize, ToSchema)]
pub struct DateRange {
    /// When the first of them begins.
    pub from: DateTime<Utc>,
    /// When the last of them is over.
    pub to: DateTime<Utc>,
}

impl From<Span> for DateRange {
    fn from(span: Span) -> Self {
        Self { from: span.start(), to: span.end() }
    }
}

/// How long something took, in whole seconds.
#[derive(Debug, Serialize, ToSchema)]
pub struct DurationFigures {
    /// How many there are.
    pub count: u64,
    /// The one in the middle; of two in the middle their mean, rounded down.
    pub median_seconds: Option<i64>,
    /// The shortest that nine of ten are no longer than.
    pub p90_seconds: Option<i64>,
    /// Their mean, rounded down.
    pub average_seconds: Option<i64>,
}

impl From<&Durations> for DurationFigures {
    fn from(durations: &Durations) -> Self {
        let summary = durations.summary();
        Self {
            count: durations.count(),
            median_seconds: summary.map(|summary| summary.median),
            p90_seconds: summary.map(|summary| summary.p90),
            average_seconds: summary.map(|summary| summary.average),
        }
    }
}

/// How many deadlines were kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct Compliance {
    /// How many of the tickets that were resolved had a deadline.
    pub judged: u64,
    /// How many of those were resolved in time.
    pub met: u64,
    /// `met` / `judged`, to four places; none where nothing was judged.
    pub compliance: Option<f64>,
}

impl From<&Flow> for Compliance {
    fn from(flow: &Flow) -> Self {
        Self { judged: flow.judged, met: flow.met, compliance: share(flow) }
    }
}

fn share(flow: &Flow) -> Option<f64> {
    flow.compliance().map(|share| (share * 10_000.0).round() / 10_000.0)
}

/// How many tickets came and went.
#[derive(Debug, Serialize, ToSchema)]
pub struct Totals {
    /// Submitted.
    pub created: u64,
    /// First answered by staff, publicly.
    pub answered: u64,
    /// Resolved.
    pub resolved: u64,
    /// Resolved, or closed, rejected or withdrawn without that.
    pub ended: u64,
    /// Submitted and not ended when the last day was over, or by now if it is not.
    pub backlog: i64,
}

impl Totals {
    /// All that happened.
    pub fn new(flow: &Flow, backlog: i64) -> Self {
        let (answered, resolved) = (flow.answers.count(), flow.resolutions.count());
        Self { created: flow.created, answered, resolved, ended: flow.ended, backlog }
    }
}

/// One day.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeriesDay {
    /// The day in the organization's time zone.
    pub date: NaiveDate,
    /// Submitted.
    pub created: u64,
    /// First answered by staff, publicly.
    pub answered: u64,
    /// Resolved.
    pub resolved: u64,
    /// Resolved, or closed, rejected or withdrawn without that.
    pub ended: u64,
    /// Submitted and not ended when the day was over, or by now if it is not.
    pub backlog: i64,
    /// Median of the seconds from submission to the first answer, of those answered on the day.
    pub median_first_response_seconds: Option<i64>,
    /// The shortest that nine of ten of these are no longer than.
    pub p90_first_response_seconds: Option<i64>,
    /// Median of the seconds from submission to resolution, of those resolved on the day.
    pub median_resolution_seconds: Option<i64>,
    /// The shortest that nine of ten of these are no longer than.
    pub p90_resolution_seconds: Option<i64>,
    /// Share of the deadlines that were kept, of those resolved on the day.
    pub sla_compliance: Option<f64>,
}

impl From<Day> for SeriesDay {
    fn from(day: Day) -> Self {
        let Day { date, flow, backlog } = day;
        let (answers, resolutions) = (flow.answers.summary(), flow.resolutions.summary());
        Self {
            date,
            created: flow.created,
            answered: flow.answers.count(),
            resolved: flow.resolutions.count(),
            ended: flow.ended,
            backlog,
            median_first_response_seconds: answers.map(|summary| summary.median),
            p90_first_response_seconds: answers.map(|summary| summary.p90),
            median_resolution_seconds: resolutions.map(|summary| summary.median),
            p90_resolution_seconds: resolutions.map(|summary| summary.p90),
            sla_compliance: share(&flow),
        }
    }
}

/// What is neither resolved nor closed, rejected or withdrawn at this moment.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpenTickets {
    /// How many.
    pub total: u64,
    /// How many nobody has.
    pub unassigned: u64,
    /// How many are past their deadline; those that wait for approval are not counted.
    pub overdue: u64,
    /// How many of each status word.
    pub by_status: BTreeMap<String, u64>,
    /// How many of each priority word.
    pub by_priority: BTreeMap<String, u64>,
}

impl OpenTickets {
    /// In a voice's words.
    pub fn new(standing: &Standing, voice: Voice) -> Self {
        let mut by_status = BTreeMap::new();
        let mut by_priority: BTreeMap<String, u64> = voice.priority_words().map(|word| (word.to_owned(), 0)).collect();
        for (status, priority, n) in &standing.by_status_and_priority {
            *by_status.entry(voice.status_word(*status).to_owned()).or_default() += n;
            if let Some(sum) = voice.priority_word(*priority).and_then(|word| by_priority.get_mut(word)) {
                *sum += n;
            }
        }
        let (total, unassigned) = (standing.total(), standing.unassigned());
        Self { total, unassigned, overdue: standing.overdue, by_status, by_priority }
    }
}

/// What happened to tickets of one sort.
#[derive(Debug, Serialize, ToSchema)]
pub struct FlowFigures {
    /// Submitted.
    pub created: u64,
    /// Resolved.
    pub resolved: u64,
    /// From submission to the first public answer of staff.
    pub first_response_time: DurationFigures,
    /// From submission to resolution.
    pub resolution_time: DurationFigures,
    /// Deadlines that were kept.
    pub sla: Compliance,
}

impl From<&Flow> for FlowFigures {
    fn from(flow: &Flow) -> Self {
        Self {
            created: flow.created,
            resolved: flow.resolutions.count(),
            first_response_time: DurationFigures::from(&flow.answers),
            resolution_time: DurationFigures::from(&flow.resolutions),
            sla: Compliance::from(flow),
        }
    }
}
