//! What can be asked of service levels.

use chrono::TimeDelta;
use serde_json::{Map, Value};

use super::Pauses;
use crate::kernel::clock::Moment;
use crate::kernel::id::{Reference, Target};
use crate::ticket::Priority;

/// A calendar to write; `form` as [`super::BusinessCalendar::parse`] reads it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WriteCalendar {
    /// What it is called; required.
    pub name: Option<String>,
    /// What it says; of a change only what is to be otherwise.
    pub form: Map<String, Value>,
}

/// A calendar to change; what is absent stays.
#[derive(Clone, Debug, PartialEq)]
pub struct EditCalendar {
    /// Which.
    pub target: Target,
    /// What to change.
    pub write: WriteCalendar,
}

/// Which tickets a policy is for; none leaves a condition as it is, an empty one says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WriteConditions {
    /// Of any of these priorities, each with those that the client has the same word for; of those the ones that a policy
    /// has stay, if it has any.
    pub priorities: Option<Vec<Vec<Priority>>>,
    /// In any of these categories.
    pub categories: Option<Vec<Reference>>,
    /// Of any of these departments.
    pub departments: Option<Vec<Reference>>,
    /// With any of these tags.
    pub tags: Option<Vec<Reference>>,
}

/// What a policy promises, in minutes; none leaves a target as it is, `Some(None)` takes it away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WriteTargets {
    /// Until the first answer.
    pub first_response: Option<Option<i64>>,
    /// Until the next answer.
    pub next_response: Option<Option<i64>>,
    /// Until resolution.
    pub resolution: Option<Option<i64>>,
}

/// A policy to write, or what to change of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WritePolicy {
    /// What it is called; required.
    pub name: Option<String>,
    /// Of policies that are as specific, the lowest wins; behind all others when absent.
    pub position: Option<i64>,
    /// Which tickets it is for.
    pub conditions: WriteConditions,
    /// What it promises.
    pub targets: WriteTargets,
    /// Whose open time counts; `Some(None)` for all time.
    pub calendar: Option<Option<Reference>>,
    /// At which share of a target that remains a ticket is at risk, in percent.
    pub at_risk_percent: Option<i64>,
}

/// A policy to change; what is absent stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditPolicy {
    /// Which.
    pub target: Target,
    /// What to change.
    pub write: WritePolicy,
}

/// Which calendar to try out.
#[derive(Clone, Debug, PartialEq)]
pub enum Tried {
    /// One that is kept.
    Kept(Reference),
    /// One that is only written here.
    Written(Map<String, Value>),
}

/// What to find out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sought {
    /// When so much open time is used up.
    Due(TimeDelta),
    /// How much open time there is until then.
    Elapsed(Moment),
    /// When it is open next.
    NextOpen,
}

/// A calendar to try out.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulate {
    /// The calendar.
    pub calendar: Tried,
    /// From when on.
    pub start: Moment,
    /// What to find out.
    pub sought: Sought,
    /// When the clock stands.
    pub pauses: Pauses,
}
