use std::sync::Arc;

use uuid::Uuid;

use super::port::MockAgentRepository;
use super::*;
use crate::event::{Happened, Named};
use crate::kernel::id::{DepartmentId, UserId};
use crate::kernel::violation::Problem;
use crate::testing::{a_ticket, a_ticket_state, an_agent, minutes};
use crate::ticket::{Status, Ticket, TicketState};
use crate::work::Write;

const TURN: Uuid = Uuid::from_u128(7);

fn agent(serial: i64) -> Agent {
    Agent {
        user: UserId(Uuid::from_u128(serial.unsigned_abs().into())),
        serial,
        name: format!("Agent {serial}"),
        capacity: None,
        skills: Skills::default(),
        is_available: true,
        open: 0,
    }
}

fn able(words: &[&str]) -> Skills {
    Skills::parse(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>()).unwrap()
}

fn chosen(strategy: Strategy, agents: &[Agent], wanted: &[&str], last: Option<i64>) -> Option<i64> {
    strategy.choose(agents, &able(wanted), last).map(|agent| agent.serial)
}

fn wanted(strategy: Strategy) -> Assignment {
    let pool = Pool::Department(DepartmentId(Uuid::from_u128(1)));
    Assignment { turn: TURN, strategy, pool, skills: Skills::default() }
}

/// Among these agents, of whom that one was served last.
fn router(agents: Vec<Agent>, last: Option<i64>) -> Router {
    let mut repository = MockAgentRepository::new();
    repository.expect_agents().returning(move |_, _| Ok(agents.clone()));
    repository.expect_last_served().returning(move |_, _| Ok(last));
    Router { agents: Arc::new(repository) }
}

#[test]
fn turns_go_round() {
    let agents = [agent(1), agent(2), agent(3)];
    let next = |last| chosen(Strategy::RoundRobin, &agents, &[], last);
    assert_eq!([None, Some(1), Some(2), Some(3)].map(next), [Some(1), Some(2), Some(3), Some(1)]);
}

#[test]
fn who_cannot_take_a_ticket_loses_the_turn() {
    let full = Agent { capacity: Some(4), open: 4, ..agent(2) };
    let away = Agent { is_available: false, ..agent(3) };
    assert_eq!(chosen(Strategy::RoundRobin, &[agent(1), full, away, agent(4)], &[], Some(1)), Some(4));
}

#[test]
fn turns_go_on_when_who_was_served_last_has_left() {
    assert_eq!(chosen(Strategy::RoundRobin, &[agent(1), agent(5)], &[], Some(3)), Some(5));
}

#[test]
fn the_least_loaded_has_the_fewest_open_tickets() {
    let agents = [Agent { open: 3, ..agent(1) }, Agent { open: 1, ..agent(2) }, Agent { open: 2, ..agent(3) }];
    assert_eq!(chosen(Strategy::LeastLoaded, &agents, &[], None), Some(2));
}

#[test]
fn of_those_who_have_as_few_the_turn_decides() {
    let agents = [agent(1), agent(2), Agent { open: 1, ..agent(3) }];
    assert_eq!(chosen(Strategy::LeastLoaded, &agents, &[], Some(1)), Some(2));
    assert_eq!(chosen(Strategy::LeastLoaded, &agents, &[], Some(2)), Some(1));
}

#[test]
fn skills_are_asked_for_without_regard_to_case() {
    let agents = [agent(1), Agent { skills: able(&["SAP", "German"]), open: 9, ..agent(2) }];
    assert_eq!(chosen(Strategy::Skill, &agents, &["sap"], None), Some(2));
    assert_eq!(chosen(Strategy::Skill, &agents, &["sap", "french"], None), None);
}

#[test]
fn a_capacity_of_nothing_takes_nothing() {
    assert_eq!(chosen(Strategy::LeastLoaded, &[Agent { capacity: Some(0), ..agent(1) }], &[], None), None);
}

#[test]
fn a_skill_has_letters() {
    assert_eq!(Skills::parse(&[" ".to_owned()]), Err(Problem::Blank));
}

#[tokio::test]
async fn a_claim_gives_the_ticket_away_and_is_guarded() {
    let (router, mut ticket) = (router(vec![agent(1), agent(2)], Some(1)), a_ticket(Status::Open));
    let claim = router.claim(&mut ticket, &wanted(Strategy::RoundRobin), minutes(5)).await.unwrap().unwrap();
    let to = Named { id: agent(2).user, name: "Agent 2".to_owned() };
    assert_eq!(claim.happened, Happened::TicketAssigned { from: None, to: Some(to) });
    let serve = Write::Serve { turn: TURN, last: Some(1), to: agent(2).user };
    assert_eq!(claim.guards, [serve, Write::KeepCapacity(agent(2).user)]);
    assert_eq!((ticket.assignee, ticket.status), (Some(agent(2).user), Status::Open));
}

#[tokio::test]
async fn what_somebody_has_is_not_given_away() {
    let mut ticket = Ticket::restored(TicketState { assignee: Some(an_agent().user), ..a_ticket_state(Status::Open) });
    let claim = router(vec![agent(1)], None).claim(&mut ticket, &wanted(Strategy::LeastLoaded), minutes(5)).await.unwrap();
    assert_eq!((claim, ticket.assignee), (None, Some(an_agent().user)));
}

#[tokio::test]
async fn what_is_not_open_is_not_given_away() {
    for status in [Status::New, Status::Resolved, Status::Closed, Status::Rejected, Status::Withdrawn] {
        let claim = router(vec![agent(1)], None).claim(&mut a_ticket(status), &wanted(Strategy::LeastLoaded), minutes(5)).await;
        assert_eq!(claim.unwrap(), None);
    }
}
