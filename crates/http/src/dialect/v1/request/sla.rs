//! Policies, calendars, and what to try out, as clients write them.

use chrono::TimeDelta;
use helpdesk_domain::kernel::id::{Reference, Target};
use helpdesk_domain::kernel::{Check, Problem as FieldProblem};
use helpdesk_domain::sla::command::{
    EditCalendar, EditPolicy, Simulate, Sought, Tried, WriteCalendar, WriteConditions, WritePolicy, WriteTargets,
};
use helpdesk_domain::sla::{Pause, Pauses};
use helpdesk_domain::ticket::Priority;
use serde::Deserialize;
use serde_json::{Map, Number, Value};
use utoipa::ToSchema;

use super::{Given, Ref, Time};
use crate::dialect::v1::Voice;
use crate::problem::Problem;

/// The most pauses in one request.
const MOST_PAUSES: usize = 1_000;
/// The longest time to spend: a hundred years of seconds.
const MOST_SECONDS: i64 = 3_155_760_000;

/// A calendar to write or to change; absent fields stay. Spans are `[from, to)` as `"HH:MM"`; `24:00` ends a day, an end
/// that is not behind its beginning is the next day's.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct CalendarBody {
    /// What it is called; required to write one.
    #[schema(max_length = 100)]
    pub name: Option<String>,
    /// IANA name of a time zone; required to write one.
    #[schema(value_type = Option<String>, example = "Europe/Berlin")]
    pub timezone: Option<Value>,
    /// Spans by `mon` … `sun`, at most 24 a day; required to write one.
    #[schema(value_type = Option<Object>, example = json!({"mon": [["09:00", "17:00"]]}))]
    pub weekly: Option<Value>,
    /// Dates on which it is closed, at most 1 000.
    #[schema(value_type = Option<Vec<String>>, example = json!(["2025-12-25"]))]
    pub holidays: Option<Value>,
    /// Spans by date that stand in for those of the weekday, at most 1 000 dates.
    #[schema(value_type = Option<Object>, example = json!({"2025-12-24": [["09:00", "12:00"]]}))]
    pub date_overrides: Option<Value>,
    /// Spans by date in which it is closed, at most 1 000 dates.
    #[schema(value_type = Option<Object>)]
    pub date_breaks: Option<Value>,
}

impl CalendarBody {
    /// What is to be written.
    pub fn into_write(self) -> WriteCalendar {
        let Self { name, timezone, weekly, holidays, date_overrides, date_breaks } = self;
        let fields = [
            ("timezone", timezone),
            ("weekly", weekly),
            ("holidays", holidays),
            ("date_overrides", date_overrides),
            ("date_breaks", date_breaks),
        ];
        let form = fields.into_iter().filter_map(|(field, value)| Some((field.to_owned(), value?))).collect();
        WriteCalendar { name, form }
    }

    /// What is to be changed.
    pub fn into_edit(self, target: Target) -> EditCalendar {
        EditCalendar { target, write: self.into_write() }
    }
}

/// A policy to write or to change; absent fields stay.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct PolicyBody {
    /// What it is called; required to write one.
    #[schema(max_length = 100)]
    pub name: Option<String>,
    /// Of policies that are as specific, the lowest wins; behind all others when absent.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub position: Option<i64>,
    /// Which tickets it is for.
    #[serde(rename = "match")]
    pub conditions: Option<MatchBody>,
    /// What it promises; at least one target.
    pub targets: Option<TargetsBody>,
    /// Whose open time counts; all time when `null`.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub calendar: Given<Ref>,
    /// The same.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub calendar_id: Given<Ref>,
    /// At which share of a target that remains a ticket is at risk; 50 when absent.
    #[schema(minimum = 1, maximum = 99)]
    pub at_risk_percent: Option<i64>,
}

/// Which tickets a policy is for: each condition that is not empty must hold. At most 100 values each.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct MatchBody {
    /// Of any of these priorities.
    pub priority: Option<Vec<String>>,
    /// In any of these categories.
    pub category: Option<Vec<Ref>>,
    /// Of any of these departments.
    pub department: Option<Vec<Ref>>,
    /// With any of these tags.
    pub tags: Option<Vec<Ref>>,
}

/// Targets in minutes of open time, up to ten years; `null` takes one away.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct TargetsBody {
    /// From submission to the first public answer of staff.
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 5_256_000)]
    #[serde(default)]
    pub first_response: Given<i64>,
    /// From a requester's public reply to the next public answer of staff.
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 5_256_000)]
    #[serde(default)]
    pub next_response: Given<i64>,
    /// From submission to resolution.
    #[schema(value_type = Option<i64>, minimum = 1, maximum = 5_256_000)]
    #[serde(default)]
    pub resolution: Given<i64>,
}

impl PolicyBody {
    /// What is to be written.
    pub fn into_write(self, voice: Voice) -> Result<WritePolicy, Problem> {
        let Self { name, position, conditions, targets, calendar, calendar_id, at_risk_percent } = self;
        let TargetsBody { first_response, next_response, resolution } = targets.unwrap_or_default();
        Ok(WritePolicy {
            name,
            position,
            conditions: conditions.unwrap_or_default().into_conditions(voice)?,
            targets: WriteTargets { first_response: first_response.0, next_response: next_response.0, resolution: resolution.0 },
            calendar: calendar.or(calendar_id).map(|reference| reference.0),
            at_risk_percent,
        })
    }

    /// What is to be changed.
    pub fn into_edit(self, target: Target, voice: Voice) -> Result<EditPolicy, Problem> {
        Ok(EditPolicy { target, write: self.into_write(voice)? })
    }
}

impl MatchBody {
    fn into_conditions(self, voice: Voice) -> Result<WriteConditions, Problem> {
        let Self { priority, category, department, tags } = self;
        let references = |list: Vec<Ref>| -> Vec<Reference> { list.into_iter().map(|reference| reference.0).collect() };
        let mut check = Check::new();
        let priorities = priority.map(|words| words.iter().map(|word| meant(&mut check, voice, word)).collect());
        check.done()?;
        Ok(WriteConditions {
            priorities,
            categories: category.map(references),
            departments: department.map(references),
            tags: tags.map(references),
        })
    }
}

/// Every priority that is shown as that word.
fn meant(check: &mut Check, voice: Voice, word: &str) -> Vec<Priority> {
    let part = |problem| FieldProblem::Part("priority".to_owned(), Box::new(problem));
    let word = check.field("match", voice.priority(word).map_err(part));
    word.into_iter().flat_map(|word| word.stands_for.iter().copied().flatten()).collect()
}

/// A calendar to try out: with `seconds` when they are used up, with `end` how much open time there is until then, with
/// neither when it is open next.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct SimulateBody {
    /// A calendar as it is written; or `calendar_id`.
    #[schema(value_type = Option<CalendarBody>)]
    pub calendar: Option<Map<String, Value>>,
    /// A calendar that is kept.
    pub calendar_id: Option<Ref>,
    /// From when on; required.
    pub start: Option<Time>,
    /// How much open time to use up.
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 3_155_760_000_i64)]
    pub seconds: Option<Number>,
    /// Until when to count.
    pub end: Option<Time>,
    /// When the clock stands, at most 1 000 times.
    pub pauses: Option<Vec<PauseBody>>,
}

/// A time in which the clock stands.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct PauseBody {
    /// From this instant; required.
    pub from: Option<Time>,
    /// Up to this one; for ever when `null`.
    pub to: Option<Time>,
}

impl SimulateBody {
    /// The command.
    pub fn into_command(self) -> Result<Simulate, Problem> {
        let Self { calendar, calendar_id, start, seconds, end, pauses } = self;
        let mut check = Check::new();
        let kept = calendar_id.map(|reference| Tried::Kept(reference.0));
        let calendar = check.required("calendar", calendar.map(Tried::Written).or(kept).map(Ok));
        let start = check.required("start", start.map(|time| Ok(time.0)));
        if seconds.is_some() && end.is_some() {
            check.note("end", FieldProblem::Other("Give seconds or an end, not both."));
        }
        let target = check.optional("seconds", seconds.map(|seconds| spent(&seconds)));
        let pauses = check.field("pauses", paused(pauses.unwrap_or_default()));
        check.done()?;
        let sought = match (target, end) {
            (Some(target), _) => Sought::Due(target),
            (None, Some(end)) => Sought::Elapsed(end.0),
            (None, None) => Sought::NextOpen,
        };
        let (Some(calendar), Some(start)) = (calendar, start) else {
            return Err(Problem::field("start", FieldProblem::Required));
        };
        Ok(Simulate { calendar, start, sought, pauses: pauses.unwrap_or_default() })
    }
}

/// So many seconds, to the microsecond.
fn spent(seconds: &Number) -> Result<TimeDelta, FieldProblem> {
    let fraction = || seconds.as_f64().filter(|seconds| seconds.abs() <= 1e10).and_then(micros);
    let spent = seconds.as_i64().and_then(TimeDelta::try_seconds).or_else(fraction);
    match spent {
        Some(spent) if spent < TimeDelta::zero() => Err(FieldProblem::BelowMinimum(0)),
        Some(spent) if spent <= TimeDelta::seconds(MOST_SECONDS) => Ok(spent),
        _ if seconds.as_f64().is_some_and(|seconds| seconds < 0.0) => Err(FieldProblem::BelowMinimum(0)),
        _ => Err(FieldProblem::AboveMaximum(MOST_SECONDS)),
    }
}

fn micros(seconds: f64) -> Option<TimeDelta> {
    std::time::Duration::try_from_secs_f64(seconds).ok().and_then(|time| TimeDelta::from_std(time).ok()).map(whole)
}

fn whole(time: TimeDelta) -> TimeDelta {
    TimeDelta::microseconds(time.num_microseconds().unwrap_or(i64::MAX))
}

fn paused(pauses: Vec<PauseBody>) -> Result<Pauses, FieldProblem> {
    if pauses.len() > MOST_PAUSES {
        return Err(FieldProblem::TooMany(MOST_PAUSES));
    }
    let pause = |PauseBody { from, to }| {
        let from: Time = from.ok_or_else(|| FieldProblem::Part("from".to_owned(), Box::new(FieldProblem::Required)))?;
        let pause = Pause { from: from.0, to: to.map(|to: Time| to.0) };
        if pause.to.is_some_and(|to| to < pause.from) {
            Err(FieldProblem::Other("A pause ends before it begins."))
        } else {
            Ok(pause)
        }
    };
    pauses.into_iter().map(pause).collect::<Result<Vec<_>, _>>().map(Pauses::of)
}
