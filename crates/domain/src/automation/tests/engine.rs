//! Rules meeting events.

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use serde_json::json;
use uuid::Uuid;

use super::{a_rule, conditions, set};
use crate::automation::port::{Findings, Found, MockGlossary, MockRuleRepository, Thing};
use crate::automation::{Conditions, FieldValues, Names, Outcome, Rule, RuleAction, RuleEngine, RuleLogEntry, Saying, automaton};
use crate::event::port::MockEventRepository;
use crate::event::{ByRoute, ByRule, Event, Happened, Origin, Projector, Recorded};
use crate::kernel::fault::StoreError;
use crate::kernel::id::{EventId, Reference, RouteId, RuleId};
use crate::sandbox::port::MockOrganizationTimes;
use crate::testing::{Committed, FixedClock, ORGANIZATION, SequentialIds, a_customer, a_ticket, an_agent, minutes};
use crate::ticket::port::{MockTicketReader, MockTicketRepository};
use crate::ticket::{Priority, Status, Ticket};
use crate::work::{Changes, MockUnitOfWork, Write};

fn rated() -> Event {
    let happened = Happened::TicketRated { score: 5, comment: None };
    Event::of_ticket(a_ticket(Status::Open).id, &a_customer(), minutes(1), happened)
}

fn recorded(position: i64, event: Event) -> Recorded {
    Recorded { id: EventId(Uuid::from_u128(position.unsigned_abs().into())), position, event }
}

fn to(priority: Priority) -> RuleAction {
    set(FieldValues { priority: Some(priority), ..FieldValues::default() })
}

/// What one commit after another is answered; the last for all that come.
type Answers = Arc<Mutex<Vec<fn() -> Result<(), StoreError>>>>;

/// A runner over a log of these events, with these rules and one ticket; and what it commits.
fn runner(
    events: Vec<Event>,
    rules: Vec<Rule>,
    ticket: Option<Ticket>,
    answers: Vec<fn() -> Result<(), StoreError>>,
) -> (Projector, Committed) {
    runner_ahead(TimeDelta::zero(), events, rules, ticket, answers)
}

/// The same in a sandbox that is so far ahead.
fn runner_ahead(
    ahead: TimeDelta,
    events: Vec<Event>,
    rules: Vec<Rule>,
    ticket: Option<Ticket>,
    answers: Vec<fn() -> Result<(), StoreError>>,
) -> (Projector, Committed) {
    let committed = Committed::default();
    let (mut log, mut repository, mut glossary, mut tickets, mut reader, mut work) = (
        MockEventRepository::new(),
        MockRuleRepository::new(),
        MockGlossary::new(),
        MockTicketRepository::new(),
        MockTicketReader::new(),
        MockUnitOfWork::new(),
    );
    let events: Vec<_> = (1..).zip(events).map(|(position, event)| recorded(position, event)).collect();
    log.expect_behind().returning(|_, _| Ok(vec![(ORGANIZATION, 0)]));
    log.expect_after().returning(move |_, after, _| Ok(events.iter().filter(|event| event.position > after).cloned().collect()));
    repository.expect_on_events().returning(move |_| Ok(rules.clone()));
    glossary.expect_names().returning(|_, _| Ok(Names::from([(an_agent().user.0, "Ann".to_owned())])));
    let agent = (Thing::Person, Reference::Id(an_agent().user.0));
    let found = Found { id: an_agent().user.0, serves: true };
    glossary.expect_find().returning(move |_, _| Ok(Findings::from([(agent.clone(), found)])));
    reader.expect_briefs().returning(|_, _| Ok(vec![None]));
    tickets.expect_find().returning(move |_, _| Ok(ticket.clone()));
    let (log_of_commits, answers): (Committed, Answers) = (committed.clone(), Arc::new(Mutex::new(answers)));
    work.expect_commit().returning(move |changes| {
        log_of_commits.lock().unwrap().push(changes);
        let mut answers = answers.lock().unwrap();
        if answers.is_empty() { Ok(()) } else { answers.remove(0)() }
    });
    let mut times = MockOrganizationTimes::new();
    times.expect_ahead().returning(move |_| Ok(ahead));
    let clock = FixedClock::default();
    clock.set(10);
    let work = Arc::new(work);
    let engine = RuleEngine {
        rules: Arc::new(repository),
        glossary: Arc::new(glossary),
        tickets: Arc::new(tickets),
        reader: Arc::new(reader),
        work: work.clone(),
        clock: Arc::new(clock),
        times: Arc::new(times),
        ids: Arc::new(SequentialIds::default()),
    };
    (Projector::of(Arc::new(log), work, Arc::new(engine)), committed)
}

fn log(changes: &Changes) -> Vec<RuleLogEntry> {
    let entry = |write: &Write| if let Write::LogRule(entry) = write { Some((**entry).clone()) } else { None };
    changes.writes.iter().filter_map(entry).collect()
}

fn saved(changes: &Changes) -> Option<Ticket> {
    changes.writes.iter().find_map(|write| if let Write::SaveTicket(ticket) = write { Some((**ticket).clone()) } else { None })
}

#[tokio::test]
async fn what_a_rule_did_is_written_with_the_place_that_was_reached() {
    let rule =
        a_rule(1, &["ticket.rated"], Conditions::default(), vec![to(Priority::High), RuleAction::Assign(Some(an_agent().user))]);
    let (mut runner, committed) = runner(vec![rated()], vec![rule], Some(a_ticket(Status::Open)), Vec::new());
    assert!(runner.read_on().await.unwrap());
    let committed = committed.lock().unwrap();
    assert_eq!(committed.len(), 1);
    assert_eq!(committed[0].writes[0], Write::Advance { consumer: "rules", from: 0, to: 1 });
    let ticket = saved(&committed[0]).unwrap();
    assert_eq!((ticket.priority, ticket.assignee), (Some(Priority::High), Some(an_agent().user)));
    assert_eq!(ticket.updated_at, minutes(10));
    let by = committed[0].events[0].by_rule().unwrap();
    assert_eq!((by.name.as_str(), by.chain.as_slice()), ("Rule 1", &[RuleId(Uuid::from_u128(1))][..]));
    assert!(committed[0].events.iter().all(|event| event.actor.is_none() && event.by_rule() == Some(by)));
    let entry = &log(&committed[0])[0];
    assert_eq!((entry.outcome, entry.event), (Outcome::Done, Some(1)));
    assert_eq!(entry.detail, "Priority changed from medium to high; Assigned to Ann");
}

#[tokio::test]
async fn what_a_rule_did_in_a_sandbox_has_the_time_of_what_it_began_with() {
    let rule = a_rule(1, &["ticket.rated"], Conditions::default(), vec![to(Priority::High)]);
    let ahead = TimeDelta::minutes(60);
    let (mut runner, committed) = runner_ahead(ahead, vec![rated()], vec![rule], Some(a_ticket(Status::Open)), Vec::new());
    assert!(runner.read_on().await.unwrap());
    let committed = committed.lock().unwrap();
    let ticket = saved(&committed[0]).unwrap();
    let at = rated().at;
    assert_eq!((ticket.updated_at, committed[0].events[0].at, log(&committed[0])[0].at), (at, at, at));
}

#[tokio::test]
async fn an_event_that_no_rule_cares_for_costs_no_commit() {
    let elsewhere = a_rule(1, &["ticket.created"], Conditions::default(), vec![to(Priority::High)]);
    let otherwise = conditions(&json!([{ "field": "status", "op": "is", "value": "closed" }]));
    let otherwise = a_rule(2, &["ticket.rated"], otherwise, vec![to(Priority::High)]);
    let so_already = a_rule(3, &["ticket.rated"], Conditions::default(), vec![to(Priority::Medium)]);
    let rules = vec![elsewhere, otherwise, so_already];
    let (mut runner, committed) = runner(vec![rated()], rules, Some(a_ticket(Status::Open)), Vec::new());
    assert!(runner.read_on().await.unwrap());
    assert!(committed.lock().unwrap().is_empty());
    assert!(!runner.read_on().await.unwrap());
    assert!(runner.settle().await.unwrap());
    assert_eq!(committed.lock().unwrap()[0].writes, [Write::Advance { consumer: "rules", from: 0, to: 1 }]);
}

#[tokio::test]
async fn what_cannot_be_done_is_not_half_done() {
    let impossible = set(FieldValues { status: Some(Status::New), ..FieldValues::default() });
    let failing = a_rule(1, &["ticket.rated"], Conditions::default(), vec![to(Priority::High), impossible]);
    let fine = a_rule(2, &["ticket.rated"], Conditions::default(), vec![to(Priority::Low)]);
    let (mut runner, committed) = runner(vec![rated()], vec![failing, fine], Some(a_ticket(Status::Open)), Vec::new());
    runner.read_on().await.unwrap();
    let committed = committed.lock().unwrap();
    let outcomes: Vec<_> = log(&committed[0]).into_iter().map(|entry| entry.outcome).collect();
    assert_eq!(outcomes, [Outcome::Failed, Outcome::Done]);
    assert_eq!(saved(&committed[0]).unwrap().priority, Some(Priority::Low));
    assert_eq!(committed[0].events.len(), 1, "of the rule that failed nothing is told");
}

#[tokio::test]
async fn a_rule_that_led_to_an_event_does_not_begin_with_it() {
    let rule = a_rule(1, &["ticket.rated"], Conditions::default(), vec![to(Priority::High)]);
    let event = Event::of_rule(&a_ticket(Status::Open), rule.signature(None), minutes(1), rated().happened);
    let (mut runner, committed) = runner(vec![event], vec![rule], Some(a_ticket(Status::Open)), Vec::new());
    runner.read_on().await.unwrap();
    let committed = committed.lock().unwrap();
    assert_eq!(log(&committed[0])[0].outcome, Outcome::Cut);
    assert_eq!((saved(&committed[0]), committed[0].events.len()), (None, 0));
}

/// How a rule says that it made an event, when these had led to it.
fn led_to(chain: &[RuleId], rule: &Rule) -> ByRule {
    let before = ByRule { id: chain.last().copied(), name: String::new(), chain: chain.to_vec(), route: None };
    rule.signature(Some(&Origin::ByRule(before)))
}

#[tokio::test]
async fn a_rule_that_begins_with_the_work_of_a_route_says_so_and_what_it_begins_does_too() {
    let route = ByRoute { id: RouteId(Uuid::from_u128(7)), name: "Route".to_owned() };
    let first = a_rule(1, &["ticket.rated"], Conditions::default(), Vec::new()).signature(Some(&Origin::ByRoute(route)));
    assert_eq!(first.route, Some(RouteId(Uuid::from_u128(7))));
    let second = a_rule(2, &["ticket.rated"], Conditions::default(), Vec::new()).signature(Some(&Origin::ByRule(first)));
    assert_eq!((second.route, second.chain.len()), (Some(RouteId(Uuid::from_u128(7))), 2));
}

#[tokio::test]
async fn a_sixth_rule_of_a_chain_is_not_carried_out() {
    let rule = a_rule(9, &["ticket.rated"], Conditions::default(), vec![to(Priority::High)]);
    for (length, outcome) in [(4, Outcome::Done), (5, Outcome::Cut)] {
        let chain: Vec<_> = (1..length).map(|number| RuleId(Uuid::from_u128(number))).collect();
        let last = a_rule(length, &["ticket.rated"], Conditions::default(), Vec::new());
        let event = Event::of_rule(&a_ticket(Status::Open), led_to(&chain, &last), minutes(1), rated().happened);
        let (mut runner, committed) = runner(vec![event], vec![rule.clone()], Some(a_ticket(Status::Open)), Vec::new());
        runner.read_on().await.unwrap();
        assert_eq!(log(&committed.lock().unwrap()[0])[0].outcome, outcome, "behind {length} rules");
    }
}

#[tokio::test]
async fn who_comes_too_late_decides_again_from_the_same_place() {
    let rule = a_rule(1, &["ticket.rated"], Conditions::default(), vec![to(Priority::High)]);
    let answers: Vec<fn() -> Result<(), StoreError>> = vec![|| Err(StoreError::Stale)];
    let (mut runner, committed) = runner(vec![rated(), rated()], vec![rule], Some(a_ticket(Status::Open)), answers);
    assert!(runner.read_on().await.unwrap());
    assert!(runner.read_on().await.unwrap());
    let places: Vec<_> = committed.lock().unwrap().iter().map(|changes| changes.writes[0].clone()).collect();
    let advance = |from, to| Write::Advance { consumer: "rules", from, to };
    assert_eq!(places, [advance(0, 1), advance(0, 1), advance(1, 2)]);
}

#[tokio::test]
async fn an_event_that_cannot_be_written_keeps_no_other_back() {
    let rule = a_rule(1, &["ticket.rated"], Conditions::default(), vec![to(Priority::High)]);
    let answers: Vec<fn() -> Result<(), StoreError>> = vec![|| Err(StoreError::Taken("nothing".to_owned()))];
    let (mut runner, committed) = runner(vec![rated()], vec![rule], Some(a_ticket(Status::Open)), answers);
    assert!(runner.read_on().await.unwrap());
    let committed = committed.lock().unwrap();
    assert_eq!(log(&committed[1])[0].outcome, Outcome::Failed);
    assert_eq!((saved(&committed[1]), committed[1].writes.len()), (None, 2));
}

#[tokio::test]
async fn a_ticket_that_is_gone_or_merged_is_left_alone() {
    let rule = a_rule(1, &["ticket.rated"], Conditions::default(), vec![to(Priority::High)]);
    let (mut runner, committed) = runner(vec![rated()], vec![rule], None, Vec::new());
    assert!(runner.read_on().await.unwrap());
    assert!(committed.lock().unwrap().is_empty());
}

#[tokio::test]
async fn what_a_rule_says_is_no_answer_of_staff() {
    let saying = Saying { content: "Hello.".to_owned(), is_internal: false };
    let rule = a_rule(1, &["ticket.rated"], Conditions::default(), vec![RuleAction::Comment(saying)]);
    let (mut runner, committed) = runner(vec![rated()], vec![rule], Some(a_ticket(Status::Open)), Vec::new());
    runner.read_on().await.unwrap();
    let committed = committed.lock().unwrap();
    assert!(committed[0].writes.contains(&Write::KeepAutomaton(automaton(ORGANIZATION))));
    let said =
        committed[0].writes.iter().find_map(|write| if let Write::AddComment(comment) = write { Some(comment) } else { None });
    assert_eq!(said.unwrap().author, automaton(ORGANIZATION));
    assert_eq!(saved(&committed[0]).unwrap().first_response_at, None);
}

#[test]
fn a_rule_that_is_woken_begins_anew() {
    let mut rule = a_rule(1, &["ticket.rated"], Conditions::default(), vec![to(Priority::High)]);
    let active = |is_active| crate::automation::RuleChange { is_active: Some(is_active), ..Default::default() };
    assert!(rule.change(active(false), minutes(5)));
    assert_eq!(rule.active_since, minutes(0));
    assert!(rule.change(active(true), minutes(7)));
    assert_eq!((rule.active_since, rule.updated_at), (minutes(7), minutes(7)));
    assert!(!rule.change(active(true), minutes(9)));
}
