use std::time::Instant;

use chrono::{DateTime, TimeDelta};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::walker::open_minutes;
use super::{at, calendar};
use crate::kernel::clock::Moment;
use crate::sla::{BusinessCalendar, Pause, Pauses, Reason};

/// How many minutes behind the start the properties look.
const MINUTES: i64 = 10 * 1440;

/// Zones, and a day on which or beside which their clocks are set.
const ZONES: [(&str, &str); 14] = [
    ("UTC", "2025-03-01"),
    ("Europe/Berlin", "2025-03-30"),
    ("Europe/Berlin", "2025-10-26"),
    ("America/New_York", "2025-11-02"),
    ("America/New_York", "2025-03-09"),
    ("Australia/Lord_Howe", "2024-10-06"),
    ("Australia/Lord_Howe", "2024-04-07"),
    ("Asia/Kathmandu", "2025-03-03"),
    ("Pacific/Apia", "2011-12-30"),
    ("America/Sao_Paulo", "2018-11-04"),
    ("America/Sao_Paulo", "2018-02-18"),
    ("Africa/Cairo", "2024-04-26"),
    ("Asia/Beirut", "2024-10-27"),
    ("America/Havana", "2024-11-03"),
];

fn clock(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// Spans of a day that do not overlap; the last may end on the next day.
fn spans() -> impl Strategy<Value = Value> {
    (btree_set(0..=1440_i64, 0..5), 0..1440_i64, any::<bool>()).prop_map(|(bounds, end, night)| {
        let bounds: Vec<i64> = bounds.into_iter().collect();
        let mut spans: Vec<Value> = bounds.chunks_exact(2).map(|pair| json!([clock(pair[0]), clock(pair[1])])).collect();
        match bounds.chunks_exact(2).remainder() {
            [from] if *from < 1440 && night => spans.push(json!([clock(*from), clock(end.min(*from))])),
            _ => {}
        }
        Value::Array(spans)
    })
}

fn form() -> impl Strategy<Value = (Value, Moment)> {
    let weekdays = vec!["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let dates = || -3..8_i64;
    let parts = (btree_map(select(weekdays), spans(), 0..7), btree_set(dates(), 0..3), btree_map(dates(), spans(), 0..3));
    (select(ZONES.to_vec()), parts, btree_map(dates(), spans(), 0..3), -4320..4320_i64).prop_map(
        |((zone, date), parts, breaks, start)| {
            let middle = at(&format!("{date}T00:00:00Z"));
            let name = |day: i64| (middle + TimeDelta::days(day)).format("%Y-%m-%d").to_string();
            let (weekly, holidays, overrides) = parts;
            let weekly: serde_json::Map<String, Value> = weekly.into_iter().map(|(day, spans)| (day.to_owned(), spans)).collect();
            let by_date = |days: std::collections::BTreeMap<i64, Value>| {
                days.into_iter().map(|(day, spans)| (name(day), spans)).collect::<serde_json::Map<String, Value>>()
            };
            let form = json!({"timezone": zone, "weekly": weekly, "holidays": holidays.into_iter().map(name).collect::<Vec<_>>(),
            "date_overrides": by_date(overrides), "date_breaks": by_date(breaks)});
            (form, middle + TimeDelta::minutes(start))
        },
    )
}

fn pauses() -> impl Strategy<Value = Vec<(i64, i64)>> {
    vec((0..MINUTES, 1..2000_i64), 0..4)
}

fn paused(start: Moment, pauses: &[(i64, i64)]) -> Pauses {
    let minutes = |minutes: i64| start + TimeDelta::minutes(minutes);
    Pauses::of(pauses.iter().map(|(from, long)| Pause { from: minutes(*from), to: Some(minutes(from + long)) }).collect())
}

fn minute(start: Moment, minute: usize) -> Moment {
    start + TimeDelta::minutes(i64::try_from(minute).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn it_agrees_with_a_walk_by_the_minute((form, start) in form(), given in pauses(), target in 1..2000_usize) {
        let (calendar, pauses) = (calendar(&form), paused(start, &given));
        let open = open_minutes(&form, start.timestamp(), MINUTES);
        let stands = |at: usize| given.iter().any(|(from, long)| (*from..from + long).contains(&i64::try_from(at).unwrap()));
        let counted: Vec<usize> = (0..open.len()).filter(|at| open[*at] && !stands(*at)).collect();
        let end = start + TimeDelta::minutes(MINUTES);
        let length = i64::try_from(counted.len()).unwrap();
        prop_assert_eq!(calendar.elapsed(start, end, &pauses), TimeDelta::minutes(length));
        if let Some(first) = open.iter().position(|open| *open) {
            prop_assert_eq!(calendar.next_open(start), Ok(minute(start, first)));
        }
        if let Some(last) = counted.get(target - 1) {
            let due = minute(start, last + 1);
            prop_assert_eq!(calendar.deadline(start, TimeDelta::minutes(i64::try_from(target).unwrap()), &pauses), Ok(due));
        }
        let trace = calendar.trace(start, Some(end), &pauses);
        let told = trace.intervals.iter().filter(|part| part.reason == Reason::Open).map(|part| part.to.unwrap() - part.from);
        prop_assert_eq!(told.sum::<TimeDelta>(), TimeDelta::minutes(length));
        prop_assert!(trace.intervals.windows(2).all(|pair| pair[0].to == Some(pair[1].from) && pair[0].reason != pair[1].reason));
    }

    #[test]
    fn what_has_elapsed_at_a_deadline_is_its_target((form, start) in form(), given in pauses(), seconds in 0..40_000_000_i64) {
        let (calendar, pauses) = (calendar(&form), paused(start, &given));
        if let Ok(due) = calendar.deadline(start, TimeDelta::seconds(seconds), &pauses) {
            prop_assert_eq!(calendar.elapsed(start, due, &pauses), TimeDelta::seconds(seconds));
            // the deadline is the first such instant
            let before = due - TimeDelta::microseconds(1);
            prop_assert!(seconds == 0 || calendar.elapsed(start, before, &pauses) < TimeDelta::seconds(seconds));
            let sooner = calendar.deadline(start, TimeDelta::seconds(seconds / 2), &pauses);
            prop_assert!(sooner.is_ok_and(|sooner| sooner <= due));
        }
    }

    #[test]
    fn elapsed_time_adds_up((form, start) in form(), given in pauses(), first in 0..400_000_i64, second in 0..40_000_000_i64) {
        let (calendar, pauses) = (calendar(&form), paused(start, &given));
        let (middle, end) = (start + TimeDelta::seconds(first), start + TimeDelta::seconds(first + second));
        let parts = calendar.elapsed(start, middle, &pauses) + calendar.elapsed(middle, end, &pauses);
        prop_assert_eq!(calendar.elapsed(start, end, &pauses), parts);
        prop_assert_eq!(calendar.elapsed(end, start, &pauses).min(TimeDelta::zero()), TimeDelta::zero());
    }

    #[test]
    fn a_pause_outside_of_open_time_changes_nothing((form, start) in form(), seconds in 1..4_000_000_i64) {
        let calendar = calendar(&form);
        let Ok(due) = calendar.deadline(start, TimeDelta::seconds(seconds), &Pauses::default()) else { return Ok(()) };
        let closed = calendar.trace(start, Some(due), &Pauses::default()).intervals;
        let closed = closed.into_iter().filter(|part| !part.reason.counts()).map(|part| Pause { from: part.from, to: part.to });
        let pauses = Pauses::of(closed.collect());
        prop_assert_eq!(calendar.deadline(start, TimeDelta::seconds(seconds), &pauses), Ok(due));
    }

    #[test]
    fn a_calendar_is_read_as_it_was_written((form, _) in form()) {
        let calendar = calendar(&form);
        prop_assert_eq!(BusinessCalendar::parse(&calendar.form()), Ok(calendar));
    }
}

#[test]
fn ten_years_cost_less_than_a_millisecond() {
    let calendar =
        calendar(&json!({"timezone": "Europe/Berlin", "weekly": {"mon": [["09:00", "10:00"]]}, "holidays": ["2026-01-05"]}));
    let start = DateTime::from_timestamp(1_740_000_000, 0).unwrap();
    let began = Instant::now();
    for _ in 0..20 {
        assert!(calendar.deadline(start, TimeDelta::hours(520), &Pauses::default()).is_ok());
    }
    let each = began.elapsed() / 20;
    println!("{each:?}");
    // generous, since tests are built without optimization and share the machine
    assert!(each.as_millis() < 50, "{each:?}");
}
