use std::collections::HashMap;

use helpdesk_domain::kernel::id::{CategoryId, TagId};
use helpdesk_domain::testing::{an_agent, minutes, somebody};
use helpdesk_domain::ticket::Status;
use uuid::Uuid;

use super::*;

fn cast() -> Cast {
    Cast {
        customers: (20..60).map(|number| somebody(number, helpdesk_domain::identity::Role::Customer)).collect(),
        agents: vec![an_agent()],
        categories: (1..8).map(|number| CategoryId(Uuid::from_u128(number))).collect(),
        tags: (1..30).map(|number| TagId(Uuid::from_u128(number))).collect(),
    }
}

fn now() -> Moment {
    minutes(30_000_000)
}

fn generated(seed: u64, count: u64) -> Vec<Loaded> {
    Generator::new(cast(), seed, count, now()).map(Result::unwrap).collect()
}

#[test]
fn the_same_seed_gives_the_same_tickets_and_another_seed_gives_others() {
    assert_eq!(generated(7, 200), generated(7, 200));
    assert_ne!(generated(7, 200), generated(8, 200));
}

#[test]
fn there_are_as_many_as_were_asked_for_oldest_first_within_two_years() {
    let tickets = generated(1, 1_000);
    assert_eq!(tickets.len(), 1_000);
    assert!(tickets.is_sorted_by_key(|loaded| loaded.ticket.created_at));
    assert!(tickets.iter().all(|loaded| (now() - SPAN..now()).contains(&loaded.ticket.created_at)));
}

#[test]
fn most_are_closed_and_every_state_occurs() {
    let mut states: HashMap<Status, usize> = HashMap::new();
    for loaded in generated(1, 4_000) {
        *states.entry(loaded.ticket.status).or_default() += 1;
    }
    assert!(states[&Status::Closed] > 3_000, "{states:?}");
    assert_eq!(states.len(), Status::ALL.len(), "{states:?}");
}

#[test]
fn nothing_happens_before_the_ticket_or_after_now_and_the_creation_comes_first() {
    for Loaded { ticket, comments, events } in generated(1, 1_000) {
        assert!(events.is_sorted_by_key(|event| event.at));
        assert!(events.iter().all(|event| event.at >= ticket.created_at && event.at <= now()));
        assert_eq!(events[0].kind(), "ticket.created");
        assert!(comments.len() <= 3 && ticket.tags.len() <= 4);
        assert!((ticket.created_at..=now()).contains(&ticket.updated_at));
    }
}
