//! Which days are meant, who may ask, and what is added up.

use std::sync::Arc;

use chrono::NaiveDate;

use super::port::MockAnalyticsReader;
use super::*;
use crate::identity::port::MockOrganizationRepository;
use crate::identity::{Organization, OrganizationSettings};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::fault::{Fault, Kind};
use crate::kernel::zone::Zone;
use crate::testing::{FixedClock, a_customer, a_desk, a_technician, a_ticket, an_agent};
use crate::ticket::Status;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn moment(text: &str) -> Moment {
    text.parse().unwrap()
}

/// What is asked in Berlin, at half past midnight of the 14th there.
fn span(range: Option<&str>, from: Option<Edge>, to: Option<Edge>) -> Result<Span, String> {
    let now = moment("2025-10-13T22:30:00Z");
    Span::of(Zone::named("Europe/Berlin"), range, from, to, now).map_err(|violations| violations.to_string())
}

#[test]
fn thirty_days_are_today_and_the_twenty_nine_days_before_it() {
    for range in [None, Some("30d")] {
        let span = span(range, None, None).unwrap();
        assert_eq!((span.first, span.last), (day(2025, 9, 15), day(2025, 10, 14)));
        assert_eq!(span.days().count(), 30);
        assert_eq!(span.start(), moment("2025-09-14T22:00:00Z"));
        assert_eq!(span.end(), moment("2025-10-14T22:00:00Z"));
    }
    for (range, days) in [("7d", 7), ("90d", 90), ("1y", 365)] {
        assert_eq!(span(Some(range), None, None).unwrap().days().count(), days);
    }
}

#[test]
fn an_end_is_a_day_of_the_zone_or_the_day_that_a_moment_lies_in() {
    let span = span(None, Some(Edge::Moment(moment("2025-10-01T23:00:00Z"))), Some(Edge::Day(day(2025, 10, 2)))).unwrap();
    assert_eq!((span.first, span.last), (day(2025, 10, 2), day(2025, 10, 2)));
}

#[test]
fn a_single_end_is_completed_from_the_range_or_by_today() {
    let until = span(Some("7d"), None, Some(Edge::Day(day(2025, 1, 7)))).unwrap();
    assert_eq!((until.first, until.last), (day(2025, 1, 1), day(2025, 1, 7)));
    let since = span(None, Some(Edge::Day(day(2025, 1, 1))), None).unwrap();
    assert_eq!((since.first, since.last), (day(2025, 1, 1), day(2025, 10, 14)));
}

#[test]
fn what_is_no_range_is_told_on_its_field() {
    assert!(span(Some("2w"), None, None).unwrap_err().starts_with("date_range"));
    let (early, late) = (Some(Edge::Day(day(2025, 1, 1))), Some(Edge::Day(day(2025, 1, 2))));
    assert!(span(None, late, early).unwrap_err().starts_with("date_from"));
    assert!(span(None, Some(Edge::Day(day(1970, 1, 1))), None).unwrap_err().starts_with("date_from"));
    assert!(span(None, None, Some(Edge::Day(NaiveDate::MIN))).is_ok());
}

#[test]
fn the_backlog_of_a_day_is_told_backwards_from_the_last() {
    let flow = |created, ended| Flow { created, ended, ..Flow::default() };
    let by_day = [(day(2025, 10, 12), flow(3, 1)), (day(2025, 10, 14), flow(0, 2))].into();
    let figures = TicketFigures { by_day, backlog: 4, ..TicketFigures::default() };
    let report = TicketReport { span: span(None, Some(Edge::Day(day(2025, 10, 11))), None).unwrap(), figures };
    let backlog: Vec<i64> = report.series().iter().map(|day| day.backlog).collect();
    assert_eq!(backlog, [4, 6, 6, 4]);
}

fn analytics(reader: MockAnalyticsReader) -> Analytics {
    let (tickets, _, _) = a_desk(&a_ticket(Status::Open), &[]);
    let mut organizations = MockOrganizationRepository::new();
    organizations.expect_get().returning(|id| {
        Ok(Some(Organization {
            id,
            slug: "acme-corp".to_owned(),
            name: "ACME Corporation".to_owned(),
            domain: None,
            time_zone: "Europe/Berlin".to_owned(),
            settings: OrganizationSettings::default(),
            ahead: None,
            revision: 1,
        }))
    });
    let organizations = Arc::new(organizations);
    Analytics { reader: Arc::new(reader), tickets, organizations, clock: Arc::new(FixedClock::default()) }
}

async fn refusals(analytics: &Analytics, actor: &Actor, wanted: &Wanted) -> Vec<Kind> {
    let ask = || wanted.clone();
    let answers = [
        analytics.dashboard(actor, ask()).await.err(),
        analytics.tickets(actor, ask()).await.err(),
        analytics.work_orders(actor, ask()).await.err(),
        analytics.people(actor, ask()).await.err(),
        analytics.performance(actor, ask()).await.err(),
    ];
    answers.into_iter().flatten().map(|error| error.kind()).collect()
}

#[tokio::test]
async fn figures_are_for_staff_and_nothing_is_read_for_others() {
    let analytics = analytics(MockAnalyticsReader::new());
    for actor in [a_customer(), a_technician()] {
        assert_eq!(refusals(&analytics, &actor, &Wanted::default()).await, [Kind::Forbidden; 5]);
    }
}

#[tokio::test]
async fn a_range_that_nobody_knows_reads_nothing() {
    let wanted = Wanted { range: Some("ever".to_owned()), ..Wanted::default() };
    assert_eq!(refusals(&analytics(MockAnalyticsReader::new()), &an_agent(), &wanted).await, [Kind::Invalid; 5]);
}

#[tokio::test]
async fn days_are_those_of_the_organization() {
    let mut reader = MockAnalyticsReader::new();
    reader.expect_people().withf(|_, span| span.zone.name() == "Europe/Berlin").returning(|_, _| Ok(PeopleFigures::default()));
    let report = analytics(reader).people(&an_agent(), Wanted::default()).await.unwrap();
    assert_eq!(report.span.last, day(1970, 1, 1));
}
