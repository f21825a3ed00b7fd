use std::sync::Arc;

use uuid::Uuid;

use super::port::{MockAgentRepository, MockRouteRepository};
use super::*;
use crate::event::{ByRoute, ByRule, Event, FieldChange, Happened, Named, Projection, Recorded};
use crate::kernel::id::{CategoryId, DepartmentId, EventId, RouteId, RuleId, UserId};
use crate::kernel::text::Label;
use crate::kernel::violation::Problem;
use crate::testing::{ORGANIZATION, a_ticket, a_ticket_state, an_agent, minutes};
use crate::ticket::{Action, Status, Ticket, TicketState};
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

const NETWORKS: CategoryId = CategoryId(Uuid::from_u128(21));
const FIELD: DepartmentId = DepartmentId(Uuid::from_u128(22));

fn route(number: u128, category: Option<CategoryId>, department: Option<DepartmentId>) -> Route {
    Route::restored(RouteState {
        id: RouteId(Uuid::from_u128(number)),
        organization: ORGANIZATION,
        name: Label::trusted(format!("Route {number}")),
        position: i64::try_from(number).unwrap(),
        is_active: true,
        matches: Match { category, department },
        department: None,
        strategy: Strategy::LeastLoaded,
        skills: Skills::default(),
        agents: vec![an_agent().user],
        created_at: minutes(0),
        updated_at: minutes(0),
        revision: 1,
    })
}

fn filed(category: Option<CategoryId>, department: Option<DepartmentId>) -> TicketState {
    TicketState { category, department, ..a_ticket_state(Status::Open) }
}

fn way(ticket: &TicketState, routes: &[Route]) -> Option<u128> {
    Route::of(ticket, routes).map(|route| route.id.0.as_u128())
}

#[test]
fn the_route_that_names_most_takes_a_ticket_and_of_these_the_first() {
    let routes = [
        route(1, None, None),
        route(2, Some(NETWORKS), None),
        route(3, None, Some(FIELD)),
        route(4, Some(NETWORKS), Some(FIELD)),
    ];
    assert_eq!(way(&filed(None, None), &routes), Some(1));
    assert_eq!(way(&filed(Some(NETWORKS), None), &routes), Some(2));
    assert_eq!(way(&filed(None, Some(FIELD)), &routes), Some(3));
    assert_eq!(way(&filed(Some(NETWORKS), Some(FIELD)), &routes), Some(4));
    assert_eq!(way(&filed(Some(NETWORKS), Some(FIELD)), &routes[..3]), Some(2));
    assert_eq!(way(&filed(None, None), &routes[1..]), None);
}

#[test]
fn only_what_leads_elsewhere_has_those_that_wait_looked_at_again() {
    let before = (*route(1, Some(NETWORKS), None)).clone();
    let leads = |now: RouteState| Route::restored(now).leads_elsewhere(&before);
    let named = RouteState { name: Label::trusted("Other".to_owned()), strategy: Strategy::RoundRobin, ..before.clone() };
    assert!(!leads(RouteState { updated_at: minutes(9), revision: 2, ..named }));
    for now in [
        RouteState { matches: Match::default(), ..before.clone() },
        RouteState { is_active: false, ..before.clone() },
        RouteState { position: 9, ..before.clone() },
        RouteState { department: Some(FIELD), ..before.clone() },
        RouteState { agents: Vec::new(), ..before.clone() },
        RouteState { skills: able(&["sap"]), ..before.clone() },
    ] {
        assert!(leads(now.clone()), "{now:?}");
    }
}

#[test]
fn a_route_that_is_off_takes_nothing() {
    let off = Route::restored(RouteState { is_active: false, ..(*route(1, None, None)).clone() });
    assert_eq!(way(&filed(None, None), &[off]), None);
}

#[test]
fn a_route_that_names_nobody_asks_the_members_of_the_department_that_it_gives_or_else_is_for() {
    let of_field = RouteState { agents: Vec::new(), ..(*route(1, None, Some(FIELD))).clone() };
    assert_eq!(Route::restored(of_field.clone()).assignment().pool, Pool::Department(FIELD));
    let other = DepartmentId(Uuid::from_u128(23));
    let giving = RouteState { department: Some(other), ..of_field };
    assert_eq!(Route::restored(giving.clone()).assignment().pool, Pool::Department(other));
    let naming = RouteState { agents: vec![an_agent().user], ..giving };
    assert_eq!(Route::restored(naming).assignment().pool, Pool::Named(vec![an_agent().user]));
}

/// The tickets that wait because of that, where there are so many routes.
async fn waiting(event: Event, routes: usize) -> Vec<Write> {
    let mut repository = MockRouteRepository::new();
    repository.expect_routes().returning(move |_| Ok(vec![route(1, None, None); routes]));
    let recorded = Recorded { id: EventId(Uuid::from_u128(1)), position: 1, event };
    RoutingNews { routes: Arc::new(repository) }.project(ORGANIZATION, &[recorded.clone(), recorded]).await.unwrap()
}

fn by_agent(happened: Happened) -> Event {
    Event::of_ticket(a_ticket(Status::Open).id, &an_agent(), minutes(1), happened)
}

fn created(status: Status) -> Happened {
    Happened::TicketCreated { title: String::new(), status, priority: None, requester: an_agent().user }
}

fn changed(field: &str) -> Happened {
    Happened::TicketUpdated { changes: vec![FieldChange { field: field.to_owned(), old: None, new: None }] }
}

#[tokio::test]
async fn a_ticket_wants_somebody_when_it_becomes_open_or_is_filed_anew() {
    let wait = vec![Write::Await(a_ticket(Status::Open).id)];
    let approved = Happened::TicketStatusChanged { from: Status::New, to: Status::Open, action: Action::Approve };
    for happened in [created(Status::Open), approved, changed("category"), changed("department")] {
        assert_eq!(waiting(by_agent(happened), 1).await, wait);
    }
    let pending =
        Happened::TicketStatusChanged { from: Status::Open, to: Status::Pending, action: Action::Update(Status::Pending) };
    for happened in [created(Status::New), pending, changed("title"), Happened::TicketAssigned { from: None, to: None }] {
        assert_eq!(waiting(by_agent(happened), 1).await, []);
    }
}

#[tokio::test]
async fn a_desk_without_routes_writes_nothing() {
    assert_eq!(waiting(by_agent(created(Status::Open)), 0).await, []);
}

#[tokio::test]
async fn what_a_route_filed_and_what_rules_made_of_that_is_not_looked_at_again() {
    let route = ByRoute { id: RouteId(Uuid::from_u128(1)), name: "Route 1".to_owned() };
    let by_route = Event::of_route(&a_ticket_state(Status::Open), route.clone(), minutes(1), changed("department"));
    assert_eq!(waiting(by_route, 1).await, []);
    let rule = |route| ByRule { id: Some(RuleId(Uuid::from_u128(2))), name: "Rule 2".to_owned(), chain: Vec::new(), route };
    for (began, wait) in [(Some(route.id), vec![]), (None, vec![Write::Await(a_ticket(Status::Open).id)])] {
        let by_rule = Event::of_rule(&a_ticket(Status::Open), rule(began), minutes(1), changed("department"));
        assert_eq!(waiting(by_rule, 1).await, wait);
    }
}
