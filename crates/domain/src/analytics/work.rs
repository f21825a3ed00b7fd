//! Figures over work orders.

use chrono::NaiveDate;

use super::Span;
use crate::field_service::WorkStatus;
use crate::ticket::UserBrief;

/// What was done on site, on some days or by somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WorkDone {
    /// How many were completed.
    pub completed: u64,
    /// How many of those had a time and an estimate.
    pub judged: u64,
    /// How many of those were completed before their estimated time was over.
    pub on_time: u64,
    /// What the materials of the completed ones cost, in hundredths.
    pub cost: i64,
}

impl WorkDone {
    /// Takes in what else was done.
    pub fn add(&mut self, other: Self) {
        let Self { completed, judged, on_time, cost } = other;
        self.completed += completed;
        self.judged += judged;
        self.on_time += on_time;
        self.cost += cost;
    }

    /// Which share of the judged was on time; none where nothing was judged.
    #[expect(clippy::cast_precision_loss, reason = "a share of fewer than 2^53 work orders")]
    pub fn on_time_share(&self) -> Option<f64> {
        (self.judged > 0).then(|| self.on_time as f64 / self.judged as f64)
    }
}

/// An organization's work orders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkFigures {
    /// How many there are in each state at this moment.
    pub by_status: Vec<(WorkStatus, u64)>,
    /// How many open ones have had their estimated time.
    pub overdue: u64,
    /// What was done, by day; days on which nothing was may be absent.
    pub by_day: Vec<(NaiveDate, WorkDone)>,
    /// How many are open at this moment, and what was done, by technician; by name, what nobody has last.
    pub by_technician: Vec<(Option<UserBrief>, u64, WorkDone)>,
}

impl WorkFigures {
    /// All that was done.
    pub fn total(&self) -> WorkDone {
        let mut total = WorkDone::default();
        self.by_day.iter().for_each(|(_, done)| total.add(*done));
        total
    }

    /// How many are neither completed nor cancelled.
    pub fn open(&self) -> u64 {
        self.by_status.iter().filter(|(status, _)| !status.is_final()).map(|(_, n)| n).sum()
    }
}

/// What was done on site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkReport {
    /// On which days.
    pub span: Span,
    /// What.
    pub figures: WorkFigures,
}
