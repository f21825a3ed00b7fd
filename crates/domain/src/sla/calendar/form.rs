//! Calendars as they are written: as JSON.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::BusinessCalendar;
use super::day::Day;
use super::hours::Hours;
use super::zone::Zone;
use crate::kernel::violation::{Check, Problem, Violations};

/// The most holidays, and the most dates with special hours or with breaks.
pub const MOST_DATES: usize = 1_000;
/// The most spans of one day.
pub const MOST_SPANS: usize = 24;

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const LONG_WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

type Read<T> = Result<T, Problem>;

impl BusinessCalendar {
    /// Reads `{"timezone", "weekly": {"mon": [["09:00", "17:00"]]}, "holidays": ["2025-12-25"], "date_overrides":
    /// {"2025-12-24": [["09:00", "12:00"]]}, "date_breaks": …}`; the last three may be absent.
    pub fn parse(form: &Map<String, Value>) -> Result<Self, Violations> {
        let mut check = Check::new();
        let given = |field: &str| form.get(field).filter(|value| !value.is_null());
        let zone = check.required("timezone", given("timezone").map(zone));
        let weekly = check.required("weekly", given("weekly").map(weekly));
        let holidays = check.optional("holidays", given("holidays").map(holidays)).unwrap_or_default();
        let overrides = check.optional("date_overrides", given("date_overrides").map(|value| dates(value, opening)));
        let breaks = check.optional("date_breaks", given("date_breaks").map(|value| dates(value, spans)));
        check.done()?;
        match (zone, weekly) {
            (Some(zone), Some(weekly)) => {
                Ok(Self::new(zone, weekly, holidays, overrides.unwrap_or_default(), breaks.unwrap_or_default()))
            }
            _ => Err(Violations::one("timezone", Problem::Required)),
        }
    }

    /// As [`BusinessCalendar::parse`] reads it.
    pub fn form(&self) -> Map<String, Value> {
        let weekly = WEEKDAYS.into_iter().zip(&self.weekly).filter(|(_, hours)| !hours.is_empty());
        let weekly: Map<String, Value> = weekly.map(|(day, hours)| (day.to_owned(), written(hours))).collect();
        let by_date = |dates: &BTreeMap<Day, Vec<Hours>>| {
            Value::Object(dates.iter().map(|(day, hours)| (day.to_string(), written(hours))).collect())
        };
        let fields = [
            ("timezone", json!(self.zone.name())),
            ("weekly", Value::Object(weekly)),
            ("holidays", self.holidays.iter().map(Day::to_string).collect()),
            ("date_overrides", by_date(&self.overrides)),
            ("date_breaks", by_date(&self.breaks)),
        ];
        fields.into_iter().map(|(field, value)| (field.to_owned(), value)).collect()
    }
}

impl TryFrom<Map<String, Value>> for BusinessCalendar {
    type Error = Violations;

    fn try_from(form: Map<String, Value>) -> Result<Self, Violations> {
        Self::parse(&form)
    }
}

impl From<BusinessCalendar> for Map<String, Value> {
    fn from(calendar: BusinessCalendar) -> Self {
        calendar.form()
    }
}

fn zone(value: &Value) -> Read<Zone> {
    let name = value.as_str().ok_or(Problem::WrongType("string"))?;
    Zone::parse(name).ok_or_else(|| Problem::InvalidChoice(shortened(name)))
}

fn weekly(value: &Value) -> Read<[Vec<Hours>; 7]> {
    let mut week: [Option<Vec<Hours>>; 7] = [const { None }; 7];
    for (name, value) in object(value)? {
        let weekday = weekday(name).and_then(|weekday| week.get_mut(weekday));
        let hours = weekday.ok_or(Problem::Other("Not the name of a weekday.")).and_then(|hours| match hours {
            Some(_) => Err(Problem::Other("Given twice.")),
            hours => {
                *hours = Some(opening(value)?);
                Ok(())
            }
        });
        hours.map_err(|problem| part(name, problem))?;
    }
    Ok(week.map(Option::unwrap_or_default))
}

fn weekday(name: &str) -> Option<usize> {
    let name = name.to_ascii_lowercase();
    [WEEKDAYS, LONG_WEEKDAYS].iter().find_map(|names| names.iter().position(|word| *word == name))
}

fn holidays(value: &Value) -> Read<BTreeSet<Day>> {
    let dates = list(value)?;
    if dates.len() > MOST_DATES {
        return Err(Problem::TooMany(MOST_DATES));
    }
    dates.iter().map(|date| date.as_str().ok_or(Problem::WrongType("string")).and_then(day)).collect()
}

/// Spans by date.
fn dates(value: &Value, read: fn(&Value) -> Read<Vec<Hours>>) -> Read<BTreeMap<Day, Vec<Hours>>> {
    let dates = object(value)?;
    if dates.len() > MOST_DATES {
        return Err(Problem::TooMany(MOST_DATES));
    }
    dates.iter().map(|(date, spans)| Ok((day(date)?, read(spans).map_err(|problem| part(date, problem))?))).collect()
}

fn day(text: &str) -> Read<Day> {
    Day::parse(text).ok_or_else(|| part(text, Problem::WrongType("date")))
}

/// Spans that do not overlap, in order.
fn opening(value: &Value) -> Read<Vec<Hours>> {
    let spans = spans(value)?;
    let overlap = spans.iter().zip(spans.iter().skip(1)).any(|(earlier, later)| later.overlap(*earlier));
    if overlap { Err(Problem::Other("Spans overlap.")) } else { Ok(spans) }
}

fn spans(value: &Value) -> Read<Vec<Hours>> {
    let spans = list(value)?;
    if spans.len() > MOST_SPANS {
        return Err(Problem::TooMany(MOST_SPANS));
    }
    let mut spans = spans.iter().map(span).collect::<Read<Vec<Hours>>>()?;
    spans.sort_unstable();
    Ok(spans)
}

fn span(value: &Value) -> Read<Hours> {
    match list(value)?.as_slice() {
        [Value::String(from), Value::String(to)] => Hours::parse(from, to).map_err(Problem::Other),
        _ => Err(Problem::Other("Not a span of two times of day.")),
    }
}

fn object(value: &Value) -> Read<&Map<String, Value>> {
    value.as_object().ok_or(Problem::WrongType("object"))
}

fn list(value: &Value) -> Read<&Vec<Value>> {
    value.as_array().ok_or(Problem::WrongType("list"))
}

fn part(name: &str, problem: Problem) -> Problem {
    Problem::Part(shortened(name), Box::new(problem))
}

fn shortened(name: &str) -> String {
    name.chars().take(64).collect()
}

fn written(hours: &[Hours]) -> Value {
    hours.iter().map(|hours| hours.words()).map(|[from, to]| json!([from, to])).collect()
}
