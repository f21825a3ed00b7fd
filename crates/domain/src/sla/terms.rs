//! What a ticket is judged by.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{BusinessCalendar, Clock, ClockKind, Deadline, Pauses};
use crate::kernel::clock::Moment;
use crate::kernel::id::Revision;
use crate::ticket::Priority;

/// As far ahead deadlines of tickets are looked for: each is looked for whenever its ticket is written.
const HORIZON: TimeDelta = TimeDelta::days(36_525);

/// How soon a ticket is to be answered and resolved, in minutes of open time; none where nothing is promised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Targets {
    /// From submission to the first public answer of staff.
    pub first_response: Option<i64>,
    /// From a requester's public reply to the next public answer of staff.
    pub next_response: Option<i64>,
    /// From submission to resolution.
    pub resolution: Option<i64>,
}

impl Targets {
    /// The default policy's, on a calendar that is always open.
    pub const fn standard(priority: Priority) -> Self {
        let (first_response, resolution) = match priority {
            Priority::Critical => (15, 240),
            Priority::Urgent => (30, 360),
            Priority::High => (60, 1440),
            Priority::Medium => (240, 2880),
            Priority::Low => (480, 5760),
        };
        Self { first_response: Some(first_response), next_response: None, resolution: Some(resolution) }
    }

    /// The target of a clock.
    pub fn of(&self, clock: ClockKind) -> Option<TimeDelta> {
        let minutes = match clock {
            ClockKind::FirstResponse => self.first_response,
            ClockKind::NextResponse => self.next_response,
            ClockKind::Resolution => self.resolution,
        };
        minutes.map(TimeDelta::minutes)
    }

    /// Whether nothing is promised.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A policy or a calendar, as it was called and at the revision that it had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Which.
    pub id: Uuid,
    /// What it was called.
    pub name: String,
    /// How often it had been written.
    pub revision: Revision,
}

/// What a ticket is judged by: a policy and its calendar, as they are or, once it is resolved, as they were.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Terms {
    /// The policy; none for the default one.
    pub policy: Option<Version>,
    /// What it promises.
    pub targets: Targets,
    /// At which share of a target that remains a ticket is at risk, in percent.
    pub at_risk_percent: i64,
    /// The calendar; none for the one that is always open.
    pub calendar: Option<Version>,
    /// What it says.
    pub hours: BusinessCalendar,
}

impl Terms {
    /// The share that is a risk where no policy says otherwise.
    pub const AT_RISK_PERCENT: i64 = 50;

    /// The default policy: nothing is promised before somebody has decided how urgent a ticket is.
    pub fn standard(priority: Option<Priority>) -> Self {
        Self {
            policy: None,
            targets: priority.map(Targets::standard).unwrap_or_default(),
            at_risk_percent: Self::AT_RISK_PERCENT,
            calendar: None,
            hours: BusinessCalendar::always(),
        }
    }

    /// The same for the same versions of the same policy and calendar, and for nothing else.
    pub fn key(&self) -> String {
        let version = |version: &Option<Version>| match version {
            Some(Version { id, name: _, revision }) => format!("{}.{revision}", id.simple()),
            None => "standard".to_owned(),
        };
        let promised = self.targets.resolution.filter(|_| self.policy.is_none()).unwrap_or_default();
        format!("{}-{}-{promised}", version(&self.policy), version(&self.calendar))
    }

    /// The deadline of a clock that began at `start`: pauses move it when they end. What is not reached in a hundred years is
    /// none.
    pub fn deadline(&self, target: TimeDelta, start: Moment, pauses: &Pauses) -> Deadline {
        let (ended, end) = (pauses.ended(), start.checked_add_signed(HORIZON).unwrap_or(Moment::MAX_UTC));
        let before_risk = target - share(target, self.at_risk_percent);
        let at = |target| self.hours.deadline_before(end, start, target, &ended);
        Deadline { due: at(target), at_risk: at(before_risk) }
    }

    /// A deadline that somebody gave: the target is what lies between, and pauses don't move it.
    pub fn given(&self, due: Moment, start: Moment) -> Deadline {
        let at_risk = due - share((due - start).max(TimeDelta::zero()), self.at_risk_percent);
        Deadline { due: Some(due), at_risk: Some(at_risk) }
    }

    /// A clock of that kind over one time, from its start to where it stopped.
    pub fn clock(&self, kind: ClockKind, start: Option<Moment>, stopped: Option<Moment>, pauses: &Pauses) -> Clock {
        let (target, pauses) = (self.targets.of(kind), stopped.map_or_else(|| pauses.clone(), |end| pauses.until(end)));
        let deadline = start.zip(target).map(|(start, target)| self.deadline(target, start, &pauses));
        let stands = pauses.standing_since();
        Clock { kind, target, start, stopped, stands, deadline: deadline.unwrap_or_default(), is_given: false }
    }
}

/// So many percent of a time, to the microsecond.
fn share(time: TimeDelta, percent: i64) -> TimeDelta {
    let micros = i128::from(time.num_microseconds().unwrap_or(i64::MAX)) * i128::from(percent) / 100;
    TimeDelta::microseconds(i64::try_from(micros).unwrap_or(i64::MAX))
}
