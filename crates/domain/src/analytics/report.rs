//! Figures as they are told: with the days that they are of.

use chrono::NaiveDate;

use super::{Flow, PeopleFigures, Span, SystemFigures, TicketFigures, WorkFigures};

/// One day of a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// Which.
    pub date: NaiveDate,
    /// What happened on it.
    pub flow: Flow,
    /// How many had been submitted and not ended when it ended, or by now if it has not.
    pub backlog: i64,
}

/// What happened to tickets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketReport {
    /// On which days.
    pub span: Span,
    /// What.
    pub figures: TicketFigures,
}

impl TicketReport {
    /// Every day of the span, in order.
    pub fn series(&self) -> Vec<Day> {
        let mut backlog = self.figures.backlog;
        let mut days: Vec<Day> = Vec::new();
        for date in self.span.days().rev() {
            let flow = self.figures.by_day.get(&date).cloned().unwrap_or_default();
            let growth = flow.growth();
            days.push(Day { date, flow, backlog });
            backlog -= growth;
        }
        days.reverse();
        days
    }
}

/// What happened at the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DashboardReport {
    /// To tickets.
    pub tickets: TicketReport,
    /// On site.
    pub work_orders: WorkFigures,
    /// To accounts.
    pub people: PeopleFigures,
}

/// Who uses the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeopleReport {
    /// On which days.
    pub span: Span,
    /// Who.
    pub figures: PeopleFigures,
}

/// How well the desk works: its people, and its machinery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PerformanceReport {
    /// People.
    pub tickets: TicketReport,
    /// Machinery, at this moment.
    pub system: SystemFigures,
}
