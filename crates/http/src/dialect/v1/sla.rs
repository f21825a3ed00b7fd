//! `/sla/simulate/` and `/tickets/{id}/sla/`: how deadlines come about.

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::{DateTime, TimeDelta, Utc};
use helpdesk_domain::sla::{self, ExplainedTicket, Interval, Never, SlaState, Trace};
use serde::Serialize;
use serde_json::{Map, Number, Value};
use utoipa::ToSchema;

use super::request::sla::SimulateBody;
use super::shape::{self, SerialId, Uid};
use crate::desk::Desk;
use crate::dialect::v1::{Caller, Voice};
use crate::gate::{Body, Id};
use crate::problem::Answer;

/// A part of a time, all of it for one reason.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SlaInterval)]
pub struct IntervalBody {
    /// From this instant.
    pub from: DateTime<Utc>,
    /// Up to, not including, this one; none where it never ends.
    pub to: Option<DateTime<Utc>>,
    /// Whether it counts.
    pub counted: bool,
    /// `open`, `closed`, `holiday` or `paused`.
    #[schema(example = "open")]
    pub reason: &'static str,
}

/// How a time goes by, without gaps; the first 10 000 parts.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SlaIntervals)]
pub struct Intervals {
    /// Its parts, in order.
    pub intervals: Vec<IntervalBody>,
    /// Whether parts at the end are left out; absent when not.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub intervals_truncated: bool,
}

impl From<Trace> for Intervals {
    fn from(trace: Trace) -> Self {
        let Trace { intervals, truncated } = trace;
        let part = |Interval { from, to, reason }| IntervalBody { from, to, counted: reason.counts(), reason: reason.word() };
        Self { intervals: intervals.into_iter().map(part).collect(), intervals_truncated: truncated }
    }
}

/// What a calendar answers.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Simulated {
    /// To `seconds`.
    Due {
        /// When they are used up; none when that never comes.
        due: Option<DateTime<Utc>>,
        /// Why it never comes: `never_open` or `paused`.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<&'static str>,
        /// How the time goes by.
        #[serde(flatten)]
        intervals: Intervals,
    },
    /// To `end`.
    Elapsed {
        /// How much open time there is, in seconds.
        #[schema(value_type = f64)]
        elapsed_seconds: Number,
        /// How the time goes by.
        #[serde(flatten)]
        intervals: Intervals,
    },
    /// To neither.
    NextOpen {
        /// The first open instant from the start on; none when there is none.
        next_open: Option<DateTime<Utc>>,
        /// Why there is none: `never_open`.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<&'static str>,
    },
}

impl From<sla::Simulated> for Simulated {
    fn from(simulated: sla::Simulated) -> Self {
        match simulated {
            sla::Simulated::Due(due, trace) => {
                Self::Due { due: due.ok(), reason: due.err().map(Never::word), intervals: trace.into() }
            }
            sla::Simulated::Elapsed(elapsed, trace) => {
                Self::Elapsed { elapsed_seconds: seconds(elapsed), intervals: trace.into() }
            }
            sla::Simulated::NextOpen(next) => Self::NextOpen { next_open: next.ok(), reason: next.err().map(Never::word) },
        }
    }
}

/// Seconds, whole ones as an integer.
fn seconds(time: TimeDelta) -> Number {
    let fraction = time.subsec_nanos();
    let exact = || Number::from_f64(time.as_seconds_f64());
    if fraction == 0 { time.num_seconds().into() } else { exact().unwrap_or_else(|| time.num_seconds().into()) }
}

/// A clock of a ticket.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SlaClock)]
pub struct ClockBody {
    /// How long it may run; none where nothing is promised.
    #[schema(value_type = Option<f64>)]
    pub target_seconds: Option<Number>,
    /// Until when it may run; none where nothing is promised, or while it has never run.
    pub due: Option<DateTime<Utc>>,
    /// How much open time it has run.
    #[schema(value_type = f64)]
    pub elapsed_seconds: Number,
    /// `on_track`, `at_risk`, `breached`, `paused` or `met`; none without a deadline.
    #[schema(example = "on_track")]
    pub status: Option<&'static str>,
    /// From its start to its deadline, or to now where that is later.
    #[serde(flatten)]
    pub intervals: Intervals,
}

/// The clocks of a ticket.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SlaClocks)]
pub struct Clocks {
    /// From submission to the first public answer of staff.
    pub first_response: ClockBody,
    /// From a requester's public reply to the next public answer of staff.
    pub next_response: ClockBody,
    /// From submission to resolution.
    pub resolution: ClockBody,
}

/// The policy that a ticket is judged by.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JudgingPolicy)]
pub struct PolicyBrief {
    /// Its id as the dialect shows it; none for the default policy, and for one that is gone.
    #[schema(value_type = Option<String>)]
    pub id: Value,
    /// What it is called.
    pub name: String,
    /// What it promises.
    pub targets: shape::sla::Targets,
    /// At which share of a target that remains a ticket is at risk.
    pub at_risk_percent: i64,
}

/// The calendar that a ticket is judged by.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JudgingCalendar)]
pub struct CalendarBrief {
    /// Its id as the dialect shows it; none for the one that is always open, and for one that is gone.
    #[schema(value_type = Option<String>)]
    pub id: Value,
    /// What it is called.
    pub name: String,
    /// What it says.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub hours: Map<String, Value>,
}

/// How the deadlines of a ticket come about; the same in both dialects but for the ids.
#[derive(Debug, Serialize, ToSchema)]
pub struct Explained {
    /// The policy.
    pub policy: PolicyBrief,
    /// The calendar.
    pub calendar: CalendarBrief,
    /// The clocks.
    pub clocks: Clocks,
}

impl Explained {
    fn of(explained: ExplainedTicket, voice: Voice) -> Self {
        let ExplainedTicket { terms, policy, calendar, clocks } = explained;
        let id = |version: &Option<sla::Version>, serial: Option<i64>| match voice {
            Voice::Platform => version.as_ref().map(|version| version.id.to_string()).into(),
            Voice::Classic => serial.into(),
        };
        let name = |version: &Option<sla::Version>, standard: &str| {
            version.as_ref().map_or_else(|| standard.to_owned(), |version| version.name.clone())
        };
        let [first_response, next_response, resolution] = clocks.map(ClockBody::from);
        Self {
            policy: PolicyBrief {
                id: id(&terms.policy, policy),
                name: name(&terms.policy, "Default"),
                targets: terms.targets.into(),
                at_risk_percent: terms.at_risk_percent,
            },
            calendar: CalendarBrief {
                id: id(&terms.calendar, calendar),
                name: name(&terms.calendar, "Always open"),
                hours: terms.hours.form(),
            },
            clocks: Clocks { first_response, next_response, resolution },
        }
    }
}

impl From<sla::ClockView> for ClockBody {
    fn from(view: sla::ClockView) -> Self {
        let sla::ClockView { clock, state, elapsed, trace } = view;
        Self {
            target_seconds: clock.target.map(seconds),
            due: clock.deadline.due,
            elapsed_seconds: seconds(elapsed),
            status: state.map(SlaState::word),
            intervals: trace.into(),
        }
    }
}

/// `POST /sla/simulate/`: tries a calendar out; for staff.
pub async fn simulate(desk: Data<Desk>, caller: Caller, Body(body): Body<SimulateBody>) -> Answer {
    let simulated = desk.service_levels.simulate(&caller.actor, &body.into_command()?).await?;
    Ok(HttpResponse::Ok().json(Simulated::from(simulated)))
}

/// `GET /tickets/{id}/sla/`: how its deadlines come about; for staff.
pub async fn explain(desk: Data<Desk>, caller: Caller, Id(id): Id) -> Answer {
    let explained = desk.service_levels.explain(&caller.actor, &id).await?;
    Ok(HttpResponse::Ok().json(Explained::of(explained, caller.voice)))
}

/// The shapes of a kept calendar.
pub type CalendarShape = (shape::sla::Calendar<Uid>, shape::sla::Calendar<SerialId>);
/// The shapes of a policy.
pub type PolicyShape = (shape::sla::Policy<Uid>, shape::sla::Policy<SerialId>);
