//! What is due because time went by.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use super::{a_rule, set};
use crate::automation::port::{MockGlossary, MockRuleRepository, MockTimeQueue};
use crate::automation::{
    Clockwork, Conditions, Cursor, Delay, FieldValues, Names, Outcome, Rule, RuleChange, TimeRule, Trigger, Waiting,
};
use crate::identity::port::MockOrganizationRepository;
use crate::identity::{Chosen, OrganizationSettings};
use crate::kernel::fault::StoreError;
use crate::kernel::id::RuleId;
use crate::testing::{Committed, ORGANIZATION, SequentialIds, a_ticket, minutes};
use crate::ticket::port::{MockTicketReader, MockTicketRepository};
use crate::ticket::{Priority, Status, Ticket};
use crate::work::{MockUnitOfWork, Write};
use chrono::TimeDelta;
use uuid::Uuid;

/// Sets a priority on tickets that have been pending for so long.
fn pending(number: u128, after: i64, priority: Priority) -> Rule {
    let action = set(FieldValues { priority: Some(priority), ..FieldValues::default() });
    let mut rule = a_rule(number, &["ticket.created"], Conditions::default(), vec![action]);
    let trigger = Trigger::Time(Delay { waiting: Waiting::Status(Status::Pending), minutes: after });
    rule.change(RuleChange { trigger: Some(trigger), ..RuleChange::default() }, minutes(0));
    rule
}

/// A rule that was carried out as often as may be.
const TIRELESS: RuleId = RuleId(Uuid::from_u128(9));

fn place(at: i64) -> Cursor {
    Cursor { at: minutes(at), ticket: 7 }
}

/// Over one ticket that has waited since then, with these rules, which have not begun; and what is committed.
fn clockwork(
    rules: Vec<Rule>,
    ticket: Ticket,
    since: i64,
    answers: Vec<fn() -> Result<(), StoreError>>,
) -> (Clockwork, Committed) {
    let committed = Committed::default();
    let (mut queue, mut repository, mut organizations, mut glossary, mut tickets, mut work) = (
        MockTimeQueue::new(),
        MockRuleRepository::new(),
        MockOrganizationRepository::new(),
        MockGlossary::new(),
        MockTicketRepository::new(),
        MockUnitOfWork::new(),
    );
    let id = ticket.id;
    queue.expect_cursors().returning(|_| Ok(HashMap::new()));
    queue.expect_waiting().returning(move |_, _, behind, until, _| {
        let place = place(since);
        Ok(if place > behind && place.at <= until { vec![(place, id)] } else { Vec::new() })
    });
    queue.expect_times().returning(|_, rule, _, _| Ok(if rule == TIRELESS { 5 } else { 4 }));
    repository.expect_on_time().returning(move |_| Ok(rules.clone()));
    organizations.expect_get().returning(|_| Ok(None));
    glossary.expect_names().returning(|_, _| Ok(Names::new()));
    tickets.expect_find().returning(move |_, _| Ok(Some(ticket.clone())));
    let (log, answers) = (committed.clone(), Mutex::new(answers));
    work.expect_commit().returning(move |changes| {
        log.lock().unwrap().push(changes);
        let mut answers = answers.lock().unwrap();
        if answers.is_empty() { Ok(()) } else { answers.remove(0)() }
    });
    let clockwork = Clockwork {
        queue: Arc::new(queue),
        rules: Arc::new(repository),
        organizations: Arc::new(organizations),
        glossary: Arc::new(glossary),
        tickets: Arc::new(tickets),
        reader: Arc::new(MockTicketReader::new()),
        work: Arc::new(work),
        ids: Arc::new(SequentialIds::default()),
    };
    (clockwork, committed)
}

#[tokio::test]
async fn what_is_due_is_done_with_the_time_when_it_was_due_and_the_place_is_moved_with_it() {
    let rule = pending(1, 60, Priority::High);
    let (clockwork, committed) = clockwork(vec![rule.clone()], a_ticket(Status::Pending), 10, Vec::new());
    assert!(clockwork.carry_out(ORGANIZATION, minutes(500)).await.unwrap());
    let committed = committed.lock().unwrap();
    let moved = Write::MoveCursor { key: rule.id.to_string(), since: minutes(0), from: None, to: place(10) };
    assert_eq!(committed[0].writes[0], moved);
    let Write::SaveTicket(ticket) = &committed[0].writes[1] else { panic!("no ticket in {:?}", committed[0].writes) };
    assert_eq!((ticket.priority, ticket.updated_at), (Some(Priority::High), minutes(70)));
    assert_eq!(committed[0].events[0].at, minutes(70));
    let Write::LogRule(entry) = &committed[0].writes[2] else { panic!("no log in {:?}", committed[0].writes) };
    assert_eq!((entry.event, entry.at, entry.outcome), (None, minutes(70), Outcome::Done));
}

#[tokio::test]
async fn of_two_rules_the_one_that_is_due_first_is_carried_out_first() {
    let rules = vec![pending(1, 60, Priority::Urgent), pending(2, 30, Priority::High)];
    let (clockwork, committed) = clockwork(rules, a_ticket(Status::Pending), 10, Vec::new());
    assert_eq!(clockwork.first_due(ORGANIZATION, minutes(500)).await.unwrap(), Some(minutes(40)));
    clockwork.carry_out(ORGANIZATION, minutes(500)).await.unwrap();
    assert_eq!(committed.lock().unwrap()[0].events[0].by_rule().unwrap().name, "Rule 2");
}

#[tokio::test]
async fn nothing_is_due_before_its_time() {
    let (clockwork, committed) = clockwork(vec![pending(1, 60, Priority::High)], a_ticket(Status::Pending), 10, Vec::new());
    assert_eq!(clockwork.first_due(ORGANIZATION, minutes(69)).await.unwrap(), None);
    assert!(!clockwork.carry_out(ORGANIZATION, minutes(69)).await.unwrap());
    assert!(committed.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_ticket_that_waits_no_more_is_passed_by() {
    let (clockwork, committed) = clockwork(vec![pending(1, 60, Priority::High)], a_ticket(Status::Open), 10, Vec::new());
    assert!(clockwork.carry_out(ORGANIZATION, minutes(500)).await.unwrap());
    let committed = committed.lock().unwrap();
    assert_eq!(committed[0].writes.len(), 1);
    assert!(matches!(committed[0].writes[0], Write::MoveCursor { .. }));
}

#[tokio::test]
async fn of_two_who_bring_the_same_the_second_comes_again_and_finds_it_done() {
    let late: Vec<fn() -> Result<(), StoreError>> = vec![|| Err(StoreError::Stale)];
    let (clockwork, committed) = clockwork(vec![pending(1, 60, Priority::High)], a_ticket(Status::Pending), 10, late);
    assert!(clockwork.carry_out(ORGANIZATION, minutes(500)).await.unwrap());
    assert_eq!(committed.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_ticket_that_cannot_be_written_keeps_no_other_waiting() {
    let broken: Vec<fn() -> Result<(), StoreError>> = vec![|| Err(StoreError::Taken("nothing".to_owned()))];
    let (clockwork, committed) = clockwork(vec![pending(1, 60, Priority::High)], a_ticket(Status::Pending), 10, broken);
    assert!(clockwork.carry_out(ORGANIZATION, minutes(500)).await.unwrap());
    let committed = committed.lock().unwrap();
    let [Write::MoveCursor { .. }, Write::LogRule(entry)] = &committed[1].writes[..] else { panic!("{:?}", committed[1].writes) };
    assert_eq!(entry.outcome, Outcome::Failed);
}

#[tokio::test]
async fn a_rule_that_was_carried_out_on_a_ticket_five_times_within_a_day_is_cut() {
    let (clockwork, committed) = clockwork(vec![pending(9, 60, Priority::High)], a_ticket(Status::Pending), 10, Vec::new());
    assert!(clockwork.carry_out(ORGANIZATION, minutes(500)).await.unwrap());
    let committed = committed.lock().unwrap();
    let [Write::MoveCursor { .. }, Write::LogRule(entry)] = &committed[0].writes[..] else { panic!("{:?}", committed[0].writes) };
    assert_eq!((entry.rule, entry.outcome, entry.at), (TIRELESS, Outcome::Cut, minutes(70)));
    assert_eq!(committed[0].events, []);
}

#[test]
fn a_rule_takes_up_what_is_due_since_it_was_made_and_goes_on_behind_its_place() {
    let rule = TimeRule { since: minutes(100), ..TimeRule::of(&pending(1, 60, Priority::High)).unwrap() };
    assert_eq!(rule.from(None), Cursor { at: minutes(40), ticket: i64::MAX });
    assert_eq!(rule.from(Some(&(minutes(100), place(90)))), place(90));
    assert_eq!(rule.from(Some(&(minutes(50), place(90)))).at, minutes(40), "that was before it was woken");
}

#[test]
fn what_an_organization_chose_takes_up_all_that_has_waited_long_enough() {
    let chosen = Some(Chosen { days: 7, since: minutes(20_000) });
    let settings = OrganizationSettings { auto_close: chosen, pending_reminder: chosen, ..OrganizationSettings::default() };
    let own = TimeRule::own(&settings);
    let words: Vec<_> = own.iter().map(|rule| (rule.key.as_str(), rule.waiting)).collect();
    let expected = [("auto_close", Waiting::Status(Status::Resolved)), ("pending_reminder", Waiting::Status(Status::Pending))];
    assert_eq!(words, expected);
    assert_eq!(own[0].from(None), Cursor { at: minutes(0), ticket: 0 });
    assert_eq!(own[0].due(minutes(0)), minutes(20_000), "not before it was chosen");
    assert_eq!(own[0].due(minutes(15_000)), minutes(15_000) + TimeDelta::days(7));
    assert!(TimeRule::own(&OrganizationSettings::default()).is_empty());
    assert_eq!(own[0].signature.id, None);
}
