//! Service levels, shown.

use chrono::TimeDelta;
use serde_json::{Map, Value};

use super::{Clock, Never, SlaState, Targets, Terms, Trace};
use crate::kernel::clock::Moment;
use crate::kernel::id::{CalendarId, PolicyId, Revision, Serial};
use crate::taxonomy::{CategoryBrief, DepartmentBrief};
use crate::ticket::Priority;

/// A calendar, shown.
#[derive(Clone, Debug, PartialEq)]
pub struct CalendarView {
    /// UUID.
    pub id: CalendarId,
    /// Integer.
    pub serial: Serial,
    /// What it is called.
    pub name: String,
    /// What it says, as [`super::BusinessCalendar::form`] writes it.
    pub form: Map<String, Value>,
    /// Written.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often written.
    pub revision: Revision,
}

/// A policy, shown. What its conditions name and is gone is left out.
#[derive(Clone, Debug, PartialEq)]
pub struct PolicyView {
    /// UUID.
    pub id: PolicyId,
    /// Integer.
    pub serial: Serial,
    /// What it is called.
    pub name: String,
    /// Of policies that are as specific, the lowest wins.
    pub position: i64,
    /// Of any of these priorities, from least to most urgent.
    pub priorities: Vec<Priority>,
    /// In any of these categories.
    pub categories: Vec<CategoryBrief>,
    /// Of any of these departments.
    pub departments: Vec<DepartmentBrief>,
    /// With any of these tags, by name.
    pub tags: Vec<String>,
    /// What it promises.
    pub targets: Targets,
    /// Whose open time counts.
    pub calendar: Option<(CalendarId, Serial)>,
    /// At which share of a target that remains a ticket is at risk, in percent.
    pub at_risk_percent: i64,
    /// Written.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often written.
    pub revision: Revision,
}

/// What a calendar that was tried out answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Simulated {
    /// When the time is used up, and how it goes by.
    Due(Result<Moment, Never>, Trace),
    /// How much open time there was, and when.
    Elapsed(TimeDelta, Trace),
    /// When it is open next.
    NextOpen(Result<Moment, Never>),
}

/// A clock of a ticket, explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClockView {
    /// The clock.
    pub clock: Clock,
    /// How it stands; none while it has never run, or nothing is promised.
    pub state: Option<SlaState>,
    /// How much open time it has run.
    pub elapsed: TimeDelta,
    /// How that comes about.
    pub trace: Trace,
}

/// A ticket's clocks, explained.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedTicket {
    /// What it is judged by.
    pub terms: Terms,
    /// The policy's integer, where there still is one.
    pub policy: Option<Serial>,
    /// The calendar's integer, where there still is one.
    pub calendar: Option<Serial>,
    /// First response, next response, resolution.
    pub clocks: [ClockView; 3],
}
