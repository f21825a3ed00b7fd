use chrono::TimeDelta;
use serde_json::json;
use uuid::Uuid;

use crate::event::Happened;
use crate::kernel::clock::Moment;
use crate::kernel::id::{CalendarId, CategoryId, PolicyId};
use crate::kernel::text::Label;
use crate::sla::{
    Book, BusinessCalendar, Calendar, CalendarState, ClockKind, Conditions, Policy, PolicyState, SlaState, Targets, Terms,
};
use crate::testing::{ORGANIZATION, a_ticket, a_ticket_state, minutes};
use crate::ticket::{Action, Priority, Status, Ticket, TicketChange, TicketState, Utterance};

fn policy(number: u128, position: i64, conditions: Conditions, minutes: i64) -> Policy {
    Policy::restored(PolicyState {
        id: PolicyId(Uuid::from_u128(number)),
        organization: ORGANIZATION,
        name: Label::trusted(format!("Policy {number}")),
        position,
        conditions,
        targets: Targets { first_response: Some(10), next_response: Some(20), resolution: Some(minutes) },
        calendar: None,
        at_risk_percent: 50,
        created_at: Moment::UNIX_EPOCH,
        updated_at: Moment::UNIX_EPOCH,
        revision: 1,
    })
}

fn book(policies: Vec<Policy>) -> Book {
    Book { version: 1, policies: policies.into_iter().map(|policy| (policy, None)).collect() }
}

/// A book of one policy for everything: an answer in 10 minutes, the next in 20, resolved in 60.
fn simple() -> Book {
    book(vec![policy(1, 1, Conditions::default(), 60)])
}

fn of_priority(priority: Priority) -> Conditions {
    Conditions { priorities: [priority].into(), ..Conditions::default() }
}

fn at(ticket: &Ticket, now: i64) -> SlaState {
    ticket.judged.resolution.status(ticket.done_at(), ticket.pauses.standing_since(), minutes(now)).state
}

fn rung(ticket: &mut Ticket, book: &Book, now: i64) -> Vec<(i64, &'static str, bool)> {
    let happened = ticket.ring(book, minutes(now));
    ticket.judge(book);
    let told = happened.into_iter().map(|(at, happened)| match happened {
        Happened::SlaWarned { clock, .. } => ((at - Moment::UNIX_EPOCH).num_minutes(), clock.word(), false),
        Happened::SlaBreached { clock, .. } => ((at - Moment::UNIX_EPOCH).num_minutes(), clock.word(), true),
        other => panic!("{other:?}"),
    });
    told.collect()
}

#[test]
fn the_default_policy_follows_the_priority_and_promises_nothing_without_one() {
    let book = Book::default();
    let mut ticket = a_ticket(Status::Open);
    ticket.judge(&book);
    assert_eq!(ticket.due(), Some(minutes(2880)));
    ticket.change(TicketChange { priority: Some(Priority::Critical), ..TicketChange::default() }, minutes(5));
    ticket.judge(&book);
    assert_eq!(ticket.due(), Some(minutes(240)));
    let mut waiting = a_ticket(Status::New);
    waiting.judge(&book);
    assert_eq!((waiting.due(), waiting.judged.next_alarm), (None, None));
}

#[test]
fn the_most_specific_policy_wins_then_the_lowest_position() {
    let category = CategoryId(Uuid::from_u128(5));
    let both = Conditions { categories: [category].into(), ..of_priority(Priority::High) };
    let policies = vec![
        policy(1, 1, Conditions::default(), 1),
        policy(2, 9, of_priority(Priority::High), 2),
        policy(3, 8, of_priority(Priority::High), 3),
        policy(4, 10, both, 4),
        policy(5, 0, of_priority(Priority::Low), 5),
    ];
    let book = book(policies);
    let judged = |priority, category| {
        let state = TicketState { priority: Some(priority), category, ..a_ticket_state(Status::Open) };
        book.terms(&state).targets.resolution
    };
    assert_eq!(judged(Priority::Medium, None), Some(1));
    assert_eq!(judged(Priority::High, None), Some(3));
    assert_eq!(judged(Priority::High, Some(category)), Some(4));
    assert_eq!(judged(Priority::Low, Some(category)), Some(5));
}

#[test]
fn what_matches_no_policy_is_judged_by_the_default_one() {
    let book = book(vec![policy(1, 1, of_priority(Priority::High), 1)]);
    assert_eq!(book.terms(&a_ticket(Status::Open)), Terms::standard(Some(Priority::Medium)));
}

#[test]
fn half_of_the_target_left_is_a_risk_and_nothing_left_is_not_yet_a_breach() {
    let mut ticket = a_ticket(Status::Open);
    ticket.judge(&simple());
    assert_eq!(at(&ticket, 29), SlaState::OnTrack);
    assert_eq!(at(&ticket, 30), SlaState::AtRisk);
    assert_eq!(at(&ticket, 60), SlaState::AtRisk);
    assert_eq!(at(&ticket, 61), SlaState::Breached);
}

#[test]
fn minutes_are_rounded_down_and_negative_when_late() {
    let mut ticket = a_ticket(Status::Open);
    ticket.judge(&simple());
    let left = |now: Moment| ticket.judged.resolution.status(None, None, now).minutes_left;
    assert_eq!(left(minutes(60) + TimeDelta::seconds(1)), Some(-1));
    assert_eq!(left(minutes(60) - TimeDelta::microseconds(1)), Some(0));
    assert_eq!(left(minutes(60) + TimeDelta::microseconds(1)), Some(-1));
}

#[test]
fn a_pause_moves_the_deadline_when_it_ends() {
    let (book, mut ticket) = (simple(), a_ticket(Status::Open));
    ticket.step(Action::Update(Status::Pending), minutes(10)).unwrap();
    ticket.judge(&book);
    assert_eq!((ticket.due(), at(&ticket, 500)), (Some(minutes(60)), SlaState::Paused));
    ticket.step(Action::Update(Status::OnHold), minutes(20)).unwrap();
    ticket.step(Action::Update(Status::Open), minutes(110)).unwrap();
    ticket.judge(&book);
    assert_eq!((ticket.due(), at(&ticket, 110)), (Some(minutes(160)), SlaState::OnTrack));
}

#[test]
fn another_priority_counts_from_the_start_and_keeps_the_pauses() {
    let (book, mut ticket) = (Book::default(), a_ticket(Status::Open));
    ticket.step(Action::Update(Status::Pending), minutes(10)).unwrap();
    ticket.step(Action::Update(Status::Open), minutes(40)).unwrap();
    ticket.change(TicketChange { priority: Some(Priority::High), ..TicketChange::default() }, minutes(50));
    ticket.judge(&book);
    assert_eq!(ticket.due(), Some(minutes(1440 + 30)));
}

#[test]
fn a_given_deadline_is_not_moved_by_pauses_and_its_target_is_what_lies_between() {
    let (book, mut ticket) = (simple(), a_ticket(Status::Open));
    ticket.change(TicketChange { due_date: Some(Some(minutes(1000))), ..TicketChange::default() }, minutes(1));
    ticket.step(Action::Update(Status::Pending), minutes(10)).unwrap();
    ticket.step(Action::Update(Status::Open), minutes(40)).unwrap();
    ticket.judge(&book);
    assert_eq!(ticket.due(), Some(minutes(1000)));
    assert_eq!((at(&ticket, 499), at(&ticket, 500)), (SlaState::OnTrack, SlaState::AtRisk));
}

#[test]
fn a_resolution_in_time_is_met_for_ever_and_a_late_one_stays_breached() {
    for (resolved, state) in [(60, SlaState::Met), (61, SlaState::Breached)] {
        let mut ticket = a_ticket(Status::Open);
        ticket.step(Action::Resolve, minutes(resolved)).unwrap();
        ticket.judge(&simple());
        assert_eq!(at(&ticket, 99_999), state);
    }
}

#[test]
fn what_is_done_stays_judged_by_what_was_promised_until_it_is_reopened() {
    let (before, after) = (simple(), book(vec![policy(1, 1, Conditions::default(), 5)]));
    let mut ticket = a_ticket(Status::Open);
    ticket.step(Action::Resolve, minutes(30)).unwrap();
    ticket.judge(&before);
    ticket.judge(&after);
    assert_eq!(ticket.due(), Some(minutes(60)));
    ticket.step(Action::Close, minutes(40)).unwrap();
    ticket.judge(&after);
    assert_eq!(ticket.due(), Some(minutes(60)));
    ticket.step(Action::Reopen, minutes(50)).unwrap();
    ticket.judge(&after);
    assert_eq!((ticket.due(), ticket.judged.frozen.is_none()), (Some(minutes(5)), true));
}

#[test]
fn alarms_ring_once_in_order_and_with_their_own_time_however_late() {
    let (book, mut ticket) = (simple(), a_ticket(Status::Open));
    ticket.judge(&book);
    assert_eq!(ticket.judged.next_alarm, Some(minutes(5)));
    assert_eq!(rung(&mut ticket, &book, 5), []);
    let all = [(5, "first_response", false), (10, "first_response", true), (30, "resolution", false), (60, "resolution", true)];
    assert_eq!(rung(&mut ticket, &book, 1000), all);
    assert_eq!((rung(&mut ticket, &book, 2000), ticket.judged.next_alarm), (vec![], None));
}

#[test]
fn a_late_answer_leaves_the_breach_and_one_in_time_leaves_none() {
    let (book, mut late, mut early) = (simple(), a_ticket(Status::Open), a_ticket(Status::Open));
    late.heard(Utterance::Answer, minutes(15));
    early.heard(Utterance::Answer, minutes(4));
    assert_eq!(rung(&mut late, &book, 20), [(5, "first_response", false), (10, "first_response", true)]);
    assert_eq!(rung(&mut early, &book, 20), []);
}

#[test]
fn each_reply_begins_the_clock_of_the_next_answer_once() {
    let (book, mut ticket) = (simple(), a_ticket(Status::Open));
    ticket.heard(Utterance::Answer, minutes(1));
    let next = |ticket: &Ticket| {
        let [_, next, _] = ticket.clocks(&book.terms(ticket));
        (next.kind, next.deadline.due, next.stopped)
    };
    assert_eq!(next(&ticket), (ClockKind::NextResponse, None, None));
    ticket.heard(Utterance::Reply, minutes(10));
    ticket.heard(Utterance::Reply, minutes(15));
    assert_eq!(next(&ticket), (ClockKind::NextResponse, Some(minutes(30)), None));
    let breached = [(20, "next_response", false), (30, "next_response", true), (30, "resolution", false)];
    assert_eq!(rung(&mut ticket, &book, 31), [breached[0], breached[2], breached[1]]);
    ticket.heard(Utterance::Answer, minutes(32));
    assert_eq!(next(&ticket).2, Some(minutes(32)));
    ticket.heard(Utterance::Reply, minutes(33));
    assert_eq!(rung(&mut ticket, &book, 44), [(43, "next_response", false)]);
}

#[test]
fn a_clock_that_stands_does_not_ring() {
    let (book, mut ticket) = (simple(), a_ticket(Status::Open));
    ticket.step(Action::Update(Status::Pending), minutes(4)).unwrap();
    ticket.judge(&book);
    assert_eq!(ticket.judged.next_alarm, None);
    ticket.step(Action::Update(Status::Open), minutes(104)).unwrap();
    ticket.judge(&book);
    assert_eq!(ticket.judged.next_alarm, Some(minutes(105)));
}

#[test]
fn open_time_is_the_calendars() {
    let hours = json!({"timezone": "UTC", "weekly": {"fri": [["09:00", "17:00"]]}});
    let calendar = Calendar::restored(CalendarState {
        id: CalendarId(Uuid::from_u128(9)),
        organization: ORGANIZATION,
        name: Label::trusted("Fridays".to_owned()),
        hours: BusinessCalendar::parse(hours.as_object().unwrap()).unwrap(),
        created_at: Moment::UNIX_EPOCH,
        updated_at: Moment::UNIX_EPOCH,
        revision: 1,
    });
    let book = Book { version: 1, policies: vec![(policy(1, 1, Conditions::default(), 60), Some(calendar))] };
    let mut ticket = a_ticket(Status::Open);
    ticket.judge(&book);
    // the epoch was a Thursday
    let opening = minutes(1440 + 540);
    assert_eq!(ticket.due(), Some(opening + TimeDelta::hours(1)));
    assert_eq!(ticket.judged.resolution.at_risk, Some(opening + TimeDelta::minutes(30)));
    let terms = book.terms(&ticket);
    let stored = serde_json::to_string(&terms).unwrap();
    assert_eq!(serde_json::from_str::<Terms>(&stored).unwrap(), terms);
}
