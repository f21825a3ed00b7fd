//! The same rules once more, without any cleverness: minute by minute, each zone searched for the time that is meant.

use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::Tz;
use serde_json::Value;

const MINUTE: i64 = 60;
const DAY: i64 = 86_400;

fn offset(zone: Tz, second: i64) -> i64 {
    let at = DateTime::from_timestamp(second, 0).unwrap().naive_utc();
    i64::from(zone.offset_from_utc_datetime(&at).fix().local_minus_utc())
}

/// The first minute at which the clocks show that; where none does, as if they had not been set.
fn second(zone: Tz, shown: i64) -> i64 {
    let around = || (shown - 30 * 3600..shown + 30 * 3600).step_by(900).map(|second| offset(zone, second));
    let meant = around().map(|offset| shown - offset).filter(|second| second + offset(zone, *second) == shown).min();
    meant.unwrap_or_else(|| shown - around().next().unwrap())
}

fn seconds(time: &Value) -> i64 {
    let parts: Vec<i64> = time.as_str().unwrap().split(':').map(|part| part.parse().unwrap()).collect();
    parts[0] * 3600 + parts[1] * 60
}

fn span(zone: Tz, day: i64, span: &Value) -> (i64, i64) {
    let (from, to) = (seconds(&span[0]), seconds(&span[1]));
    let to = if to <= from { to + DAY } else { to };
    (second(zone, day * DAY + from), second(zone, day * DAY + to))
}

fn spans(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

/// Whether the calendar is open at each minute from `start` on.
pub fn open_minutes(form: &Value, start: i64, minutes: i64) -> Vec<bool> {
    let zone: Tz = form["timezone"].as_str().unwrap().parse().unwrap();
    let days = start.div_euclid(DAY) - 3..start.div_euclid(DAY) + minutes / 1440 + 4;
    let name = |day: i64| DateTime::from_timestamp(day * DAY, 0).unwrap().format("%Y-%m-%d").to_string();
    let is_holiday = |day: i64| form["holidays"].as_array().is_some_and(|days| days.contains(&Value::String(name(day))));
    let (mut open, mut closed) = (Vec::new(), Vec::new());
    for day in days {
        let weekday = ["thu", "fri", "sat", "sun", "mon", "tue", "wed"][usize::try_from(day.rem_euclid(7)).unwrap()];
        let special = &form["date_overrides"][name(day)];
        let hours = if special.is_null() { &form["weekly"][weekday] } else { special };
        if is_holiday(day) {
            closed.push((second(zone, day * DAY), second(zone, (day + 1) * DAY)));
        } else {
            open.extend(spans(hours).iter().map(|hours| span(zone, day, hours)));
        }
        closed.extend(spans(&form["date_breaks"][name(day)]).iter().map(|hours| span(zone, day, hours)));
    }
    let covers = |spans: &[(i64, i64)], at: i64| spans.iter().any(|(from, to)| (*from..*to).contains(&at));
    (0..minutes).map(|minute| start + minute * MINUTE).map(|at| covers(&open, at) && !covers(&closed, at)).collect()
}
