//! Nobody is given more than they bear, and what a person decided stands.

use std::sync::Arc;

use async_trait::async_trait;
use futures_util::future::join_all;
use helpdesk_domain::event::Event;
use helpdesk_domain::identity::{Role, User};
use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::kernel::id::{RouteId, TicketId, UserId};
use helpdesk_domain::kernel::text::Label;
use helpdesk_domain::routing::port::WaitingTickets;
use helpdesk_domain::routing::{AgentProfile, Assignment, Match, Pool, Route, RouteState, Router, Skills, Strategy};
use helpdesk_domain::testing::{FixedClock, minutes};
use helpdesk_domain::work::{Changes, UnitOfWork, Write};
use helpdesk_persistence::{Options, Store};
use helpdesk_tests::office::{Office, RandomIds};
use helpdesk_tests::{Stage, on_both_backends};
use uuid::Uuid;

use crate::stored;

const TURN: Uuid = Uuid::from_u128(7);

fn among(strategy: Strategy, agents: &[&User]) -> Assignment {
    let pool = Pool::Named(agents.iter().map(|agent| agent.id).collect());
    Assignment { turn: TURN, strategy, pool, skills: Skills::default() }
}

fn over(store: &Store) -> Router {
    Router { agents: Arc::new(store.clone()) }
}

/// Somebody who bears so many tickets.
async fn bearing(office: &Office, name: &str, capacity: i64) -> User {
    let agent = office.hire(name, Role::Agent).await;
    let profile = AgentProfile { capacity: Some(capacity), ..AgentProfile::of(agent.id) };
    office.commit([Write::SaveAgent(Box::new(profile))]).await.unwrap();
    agent
}

/// A route to that agent.
fn route(office: &Office, agent: &User) -> Route {
    Route::restored(RouteState {
        id: RouteId(Uuid::from_u128(77)),
        organization: office.organization,
        name: Label::trusted("All".to_owned()),
        position: 1,
        is_active: true,
        matches: Match::default(),
        department: None,
        strategy: Strategy::LeastLoaded,
        skills: Skills::default(),
        agents: vec![agent.id],
        created_at: minutes(0),
        updated_at: minutes(0),
        revision: 1,
    })
}

/// What giving the ticket away changes, on what is known now; none when nobody can take it.
async fn claiming(office: &Office, ticket: TicketId, wanted: &Assignment) -> Option<Changes> {
    let mut ticket = stored(office, ticket).await.unwrap();
    let claim = over(&office.store).claim(&mut ticket, wanted, minutes(1)).await.unwrap()?;
    let event = Event::by_itself(&ticket, minutes(1), claim.happened);
    let changes = Changes::of(office.organization).with(Write::SaveTicket(Box::new(ticket)), [event]);
    Some(claim.guards.into_iter().fold(changes, |changes, guard| changes.with(guard, [])))
}

/// Gives the ticket away, deciding again for as long as others are quicker.
async fn claim(office: &Office, ticket: TicketId, wanted: &Assignment) {
    while let Some(changes) = claiming(office, ticket, wanted).await {
        match office.store.commit(changes).await {
            Err(error) if Router::is_lost(&error) => {}
            done => return done.unwrap(),
        }
    }
}

async fn holder(office: &Office, ticket: TicketId) -> Option<UserId> {
    stored(office, ticket).await.unwrap().assignee
}

/// A store that can be opened again.
struct Reopened {
    url: String,
    store: Store,
}

#[async_trait(?Send)]
impl Stage for Reopened {
    async fn set(url: String, store: Store) -> Self {
        Self { url, store }
    }
}

on_both_backends! {
    async fn of_many_claims_at_once_none_overfills(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (two, three) = (bearing(&office, "two", 2).await, bearing(&office, "three", 3).await);
        let tickets = join_all((0..12).map(|_| office.ticket())).await;
        for strategy in [Strategy::LeastLoaded, Strategy::RoundRobin] {
            let wanted = among(strategy, &[&two, &three]);
            join_all(tickets.iter().map(|ticket| claim(&office, ticket.id, &wanted))).await;
        }
        let holders = join_all(tickets.iter().map(|ticket| holder(&office, ticket.id))).await;
        let held = |by| holders.iter().filter(|holder| **holder == by).count();
        assert_eq!((held(Some(two.id)), held(Some(three.id)), held(None)), (2, 3, 7));
    }

    async fn who_was_filled_meanwhile_is_refused_by_the_store(store: Store) {
        let office = Office::open(&store, "acme").await;
        let agent = bearing(&office, "one", 1).await;
        let (first, second) = (office.ticket().await, office.ticket().await);
        let wanted = among(Strategy::LeastLoaded, &[&agent]);
        let late = claiming(&office, second.id, &Assignment { turn: Uuid::nil(), ..wanted.clone() }).await.unwrap();
        claim(&office, first.id, &wanted).await;
        let refused = office.store.commit(late).await;
        assert!(matches!(&refused, Err(StoreError::Taken(rule)) if rule == Router::FULL), "{refused:?}");
        assert_eq!(holder(&office, second.id).await, None);
    }

    async fn a_route_that_is_gone_or_another_by_now_gives_nothing_away(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (agent, ticket) = (bearing(&office, "one", 1).await, office.ticket().await);
        let late = claiming(&office, ticket.id, &among(Strategy::LeastLoaded, &[&agent])).await.unwrap();
        let route = route(&office, &agent);
        let by_route = |revision| late.clone().with(Write::KeepRoute(route.id, revision), []);
        assert!(matches!(store.commit(by_route(1)).await, Err(StoreError::Stale)), "there is none yet");
        office.commit([Write::AddRoute(Box::new(route.clone()))]).await.unwrap();
        office.commit([Write::SaveRoute(Box::new(route.clone()))]).await.unwrap();
        assert!(matches!(store.commit(by_route(1)).await, Err(StoreError::Stale)), "it was changed");
        assert_eq!(holder(&office, ticket.id).await, None);
        store.commit(by_route(2)).await.unwrap();
        assert_eq!(holder(&office, ticket.id).await, Some(agent.id));
    }

    async fn only_when_it_is_asked_for_those_that_wait_are_looked_at_again(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (ticket, route) = (office.ticket().await.id, route(&office, &office.agent));
        let waits = [Write::Await(ticket), Write::AwaitBy(ticket, route.id, 1)];
        office.commit([Write::AddRoute(Box::new(route.clone()))].into_iter().chain(waits)).await.unwrap();
        office.commit([Write::SaveRoute(Box::new(route.clone()))]).await.unwrap();
        assert_eq!(store.next(office.organization).await.unwrap(), [(route.id, ticket)]);
        office.commit([Write::AwaitAnew]).await.unwrap();
        assert_eq!(store.next(office.organization).await.unwrap(), []);
        assert_eq!(store.unplaced(office.organization, 9).await.unwrap(), [ticket]);
    }

    async fn who_became_unavailable_meanwhile_is_refused_by_the_store(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (agent, ticket) = (bearing(&office, "one", 1).await, office.ticket().await);
        let late = claiming(&office, ticket.id, &among(Strategy::LeastLoaded, &[&agent])).await.unwrap();
        let away = AgentProfile { is_available: false, revision: 1, ..AgentProfile::of(agent.id) };
        office.commit([Write::SaveAgent(Box::new(away))]).await.unwrap();
        assert!(matches!(office.store.commit(late).await, Err(StoreError::Taken(_))));
        assert!(claiming(&office, ticket.id, &among(Strategy::LeastLoaded, &[&agent])).await.is_none());
    }

    async fn what_a_person_assigned_meanwhile_is_not_overwritten(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (agent, ticket) = (bearing(&office, "one", 1).await, office.ticket().await);
        let wanted = among(Strategy::LeastLoaded, &[&agent]);
        let late = claiming(&office, ticket.id, &wanted).await.unwrap();
        office.desk().assign(&office.acting_agent(), &ticket.id.into(), Some(office.agent.id.into())).await.unwrap();
        assert!(matches!(office.store.commit(late).await, Err(StoreError::Stale)));
        claim(&office, ticket.id, &wanted).await;
        assert_eq!(holder(&office, ticket.id).await, Some(office.agent.id));
    }

    async fn a_person_assigns_beyond_the_capacity(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (agent, ticket) = (bearing(&office, "none", 0).await, office.ticket().await);
        assert!(claiming(&office, ticket.id, &among(Strategy::LeastLoaded, &[&agent])).await.is_none());
        office.desk().assign(&office.acting_agent(), &ticket.id.into(), Some(agent.id.into())).await.unwrap();
        assert_eq!(holder(&office, ticket.id).await, Some(agent.id));
    }

    async fn what_is_done_counts_no_more(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (agent, first, second) = (bearing(&office, "one", 1).await, office.ticket().await, office.ticket().await);
        let wanted = among(Strategy::LeastLoaded, &[&agent]);
        claim(&office, first.id, &wanted).await;
        assert!(claiming(&office, second.id, &wanted).await.is_none());
        office.desk().resolve(&office.acting_agent(), &first.id.into(), None).await.unwrap();
        claim(&office, second.id, &wanted).await;
        assert_eq!(holder(&office, second.id).await, Some(agent.id));
    }

    async fn who_may_not_be_given_tickets_is_passed_over(store: Store) {
        let office = Office::open(&store, "acme").await;
        let elsewhere = Office::open(&store, "umbrella").await;
        let ticket = office.ticket().await;
        let wanted = among(Strategy::RoundRobin, &[&office.customer, &elsewhere.agent]);
        assert!(claiming(&office, ticket.id, &wanted).await.is_none());
    }

    async fn a_profile_is_saved_at_the_revision_that_was_read(store: Store) {
        let office = Office::open(&store, "acme").await;
        let agent = bearing(&office, "one", 1).await;
        let save = |revision| office.commit([Write::SaveAgent(Box::new(AgentProfile { revision, ..AgentProfile::of(agent.id) }))]);
        assert!(matches!(save(0).await, Err(StoreError::Stale)));
        save(1).await.unwrap();
    }

    async fn turns_go_round_also_when_the_store_is_opened_again(stage: Reopened) {
        let mut office = Office::open(&stage.store, "acme").await;
        let agents = [office.hire("a", Role::Agent).await, office.hire("b", Role::Technician).await, office.hire("c", Role::Admin).await];
        let wanted = among(Strategy::RoundRobin, &[&agents[2], &agents[0], &agents[1]]);
        let mut served = Vec::new();
        for _ in 0..7 {
            let options = Options { url: stage.url.clone(), connections: 2 };
            office.store = Store::open(&options, Arc::new(FixedClock::default()), Arc::new(RandomIds)).await.unwrap();
            let ticket = office.ticket().await.id;
            claim(&office, ticket, &wanted).await;
            served.push(holder(&office, ticket).await.unwrap());
        }
        let [a, b, c] = agents.map(|agent| agent.id);
        assert_eq!(served, [a, b, c, a, b, c, a]);
    }
}
