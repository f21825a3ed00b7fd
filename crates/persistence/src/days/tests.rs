//! What is counted of a ticket, and where.

use helpdesk_domain::ticket::{Priority, Status};

use super::*;

fn moment(text: &str) -> Moment {
    text.parse().unwrap()
}

fn a_ticket() -> Counted {
    Counted {
        organization: 1,
        status: Status::Resolved,
        priority: Some(Priority::High),
        category: Some(7),
        department: None,
        requester: 2,
        assignee: Some(3),
        tags: vec![8, 9],
        created_at: moment("2025-03-29T22:59:00Z"),
        first_response_at: Some(moment("2025-03-29T23:00:00Z")),
        due_at: Some(moment("2025-03-30T22:00:00Z")),
        resolved_at: Some(moment("2025-03-30T22:00:00Z")),
        closed_at: None,
    }
}

/// Created, ended and met, by day of a sort and value.
fn told(days: &Days, sort: Sort, value: i64) -> Vec<(String, i64, i64, i64, String)> {
    let rows = days.0.iter().filter(|(key, _)| key.sort == sort && key.value == value);
    let show = |(key, change): (&Key, &Change)| {
        (day(key.day).unwrap().to_string(), change.created, change.ended, change.met, change.resolutions.text())
    };
    rows.map(show).collect()
}

#[test]
fn a_ticket_is_counted_on_the_days_of_its_zone_for_each_thing_that_it_is() {
    let mut days = Days::default();
    days.count(&a_ticket(), Zone::named("Europe/Berlin"));
    let expected = [
        ("2025-03-29".to_owned(), 1, 0, 0, String::new()),
        ("2025-03-30".to_owned(), 0, 0, 0, String::new()),
        ("2025-03-31".to_owned(), 0, 1, 1, "+82860".to_owned()),
    ];
    for (sort, value) in [(Sort::Priority, 3), (Sort::Category, 7), (Sort::Agent, 3), (Sort::Tag, 8), (Sort::Tag, 9)] {
        assert_eq!(told(&days, sort, value), expected, "{sort:?}");
    }
}

#[test]
fn a_ticket_that_did_not_change_moves_nothing() {
    let mut days = Days::default();
    days.post(&a_ticket(), Zone::named("UTC"), -1);
    days.post(&a_ticket(), Zone::named("UTC"), 1);
    assert!(days.0.values().all(|change| *change == Change::default()));
}

#[test]
fn a_day_and_its_number_stand_for_each_other() {
    for number_ in [-719_162, -1, 0, 20_000] {
        assert_eq!(number(day(number_).unwrap()), number_);
    }
}
