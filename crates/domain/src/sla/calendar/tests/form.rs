use serde_json::{Value, json};

use super::calendar;
use crate::kernel::violation::Problem;
use crate::sla::{BusinessCalendar, MOST_DATES};

fn refused(form: &Value) -> Vec<(String, Problem)> {
    let violations = BusinessCalendar::parse(form.as_object().unwrap()).unwrap_err();
    violations.0.into_iter().map(|violation| (violation.field, violation.problem)).collect()
}

fn refused_week(weekly: &Value) -> Problem {
    let mut refused = refused(&json!({"timezone": "UTC", "weekly": weekly}));
    let (field, problem) = refused.remove(0);
    assert_eq!((field.as_str(), refused.len()), ("weekly", 0));
    problem
}

#[test]
fn a_calendar_is_written_as_it_is_read() {
    let form = json!({"timezone": "Europe/Berlin", "weekly": {"mon": [["09:00", "12:00"], ["13:00", "24:00"]], "sun": [["22:00", "06:00"]]},
        "holidays": ["2025-12-25"], "date_overrides": {"2025-12-24": [], "2025-12-31": [["09:00", "12:00:30"]]},
        "date_breaks": {"2025-11-03": [["12:00", "12:15"]]}});
    assert_eq!(Value::Object(calendar(&form).form()), form);
}

#[test]
fn everything_that_is_wrong_is_told_by_its_field() {
    let wrong = json!({"timezone": "Europe/Atlantis", "weekly": [], "holidays": ["2025-02-29"], "date_overrides": {"x": []},
        "date_breaks": {"2025-01-01": [["9", "10:00"]]}});
    let fields: Vec<String> = refused(&wrong).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["timezone", "weekly", "holidays", "date_overrides", "date_breaks"]);
    let absent: Vec<_> = refused(&json!({"weekly": null}));
    assert_eq!(absent, [("timezone".to_owned(), Problem::Required), ("weekly".to_owned(), Problem::Required)]);
}

#[test]
fn a_span_is_two_times_of_day() {
    let of_monday = |span: Value| refused_week(&json!({"mon": [span]}));
    for span in [
        json!(["25:00", "26:00"]),
        json!(["24:00", "06:00"]),
        json!(["09:60", "10:00"]),
        json!(["9:00", "10:00"]),
        json!(["09:00"]),
        json!(["09:00", "10:00", "11:00"]),
        json!([9, 17]),
        json!("09:00-17:00"),
        json!(["09:00", "24:01"]),
        json!(["+9:00", "10:00"]),
        json!(["09:00\u{0}", "10:00"]),
    ] {
        assert!(matches!(of_monday(span.clone()), Problem::Part(day, _) if day == "mon"), "{span}");
    }
}

#[test]
fn spans_of_a_day_do_not_overlap_and_may_touch() {
    let overlap = json!({"mon": [["11:00", "17:00"], ["09:00", "12:00"]]});
    assert!(matches!(refused_week(&overlap), Problem::Part(_, problem) if *problem == Problem::Other("Spans overlap.")));
    let night = json!({"mon": [["22:00", "06:00"], ["23:00", "24:00"]]});
    assert!(matches!(refused_week(&night), Problem::Part(_, problem) if *problem == Problem::Other("Spans overlap.")));
    calendar(&json!({"timezone": "UTC", "weekly": {"mon": [["12:00", "17:00"], ["09:00", "12:00"]]}}));
}

#[test]
fn weekdays_have_their_names_and_each_is_given_once() {
    calendar(&json!({"timezone": "UTC", "weekly": {"Monday": [], "tue": []}}));
    for week in [json!({"funday": []}), json!({"mon": [], "monday": []}), json!({"mon": {}}), json!({"mon": null})] {
        assert!(matches!(refused_week(&week), Problem::Part(..)), "{week}");
    }
}

#[test]
fn a_calendar_has_a_size() {
    let spans = vec![json!(["09:00", "09:01"]); 25];
    assert!(matches!(refused_week(&json!({"mon": spans})), Problem::Part(_, problem) if *problem == Problem::TooMany(24)));
    let dates = vec![json!("2025-01-01"); MOST_DATES + 1];
    let form = json!({"timezone": "UTC", "weekly": {}, "holidays": dates});
    assert_eq!(refused(&form), [("holidays".to_owned(), Problem::TooMany(MOST_DATES))]);
}
