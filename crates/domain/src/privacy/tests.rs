//! What erasing takes out of the log.

use std::sync::Arc;

use super::port::MockPersonalRepository;
use super::*;
use crate::event::{Event, FieldChange, Happened, Named, NamedTicket, Recorded, Subject};
use crate::identity::Role;
use crate::identity::port::MockIdentityRepository;
use crate::kernel::actor::Actor;
use crate::kernel::id::{CommentId, EventId, FileId, LinkId, TicketId};
use crate::testing::{a_customer, a_desk, a_ticket, account_of, an_admin, an_agent, minutes};
use crate::ticket::{Priority, Status};
use crate::work::Write;

/// The ticket that the events are about.
const TICKET: TicketId = TicketId(uuid::Uuid::from_u128(100));

fn recorded(actor: &Actor, happened: Happened) -> Recorded {
    let event = Event::of_ticket(TICKET, actor, minutes(0), happened);
    Recorded { id: EventId(uuid::Uuid::from_u128(1)), position: 1, event }
}

fn view(actor: &Actor) -> PersonalView {
    PersonalView {
        id: actor.user,
        serial: 5,
        is_active_admin: false,
        account: serde_json::Map::new(),
        sites: Vec::new(),
        erased_at: None,
    }
}

/// Somebody whose ticket it is.
fn requester(actor: &Actor) -> ErasedPerson {
    ErasedPerson::new(&view(actor), vec![TICKET])
}

/// Somebody who never asked for anything.
fn bystander(actor: &Actor) -> ErasedPerson {
    ErasedPerson::new(&view(actor), Vec::new())
}

fn said(by_staff: bool) -> Happened {
    let comment = CommentId(uuid::Uuid::from_u128(7));
    Happened::CommentAdded { comment, content: "My name is Jane.".into(), is_internal: false, by_staff, mentions: Vec::new() }
}

fn retitled() -> Happened {
    let change = FieldChange { field: "title".into(), old: Some("Jane's printer".into()), new: Some("Printer".into()) };
    Happened::TicketUpdated { changes: vec![change] }
}

#[test]
fn what_a_requester_wrote_is_gone_and_so_is_the_name() {
    for jane in [a_customer(), an_agent()] {
        let created = Happened::TicketCreated {
            title: "Jane".into(),
            status: Status::Open,
            priority: Some(Priority::Low),
            requester: jane.user,
        };
        let rated = Happened::TicketRated { score: 1, comment: Some("Jane".into()) };
        for happened in [said(jane.is_staff()), retitled(), created, rated] {
            let now = requester(&jane).taken_from(&recorded(&jane, happened)).unwrap().now;
            assert_eq!(now.actor_name, ERASED_USER);
            assert!(!serde_json::to_string(&now.happened).unwrap().contains("Jane"), "{now:?}");
        }
    }
}

#[test]
fn what_others_changed_removed_and_linked_says_nothing_of_it_any_more() {
    let (jane, ann) = (a_customer(), an_agent());
    let (comment, file) = (CommentId(uuid::Uuid::from_u128(7)), FileId(uuid::Uuid::from_u128(8)));
    let other = NamedTicket { id: TICKET, number: Some("TX0001".into()), title: "Jane's printer".into() };
    let mut erased = requester(&jane);
    erased.taken_from(&recorded(&jane, said(false)));
    erased.taken_from(&recorded(&jane, Happened::AttachmentAdded { file, name: "jane.txt".into(), is_internal: false }));
    for happened in [
        retitled(),
        Happened::CommentEdited { comment, content: "My name is Jane!".into(), is_internal: false },
        Happened::AttachmentRemoved { file, name: "jane.txt".into(), is_internal: false },
        Happened::TicketDeleted { title: "Jane's printer".into() },
        Happened::TicketLinked { link: LinkId(uuid::Uuid::from_u128(9)), relation: "blocks".into(), other: other.clone() },
        Happened::TicketMerged { into: other },
    ] {
        let rewritten = erased.taken_from(&recorded(&ann, happened)).unwrap();
        assert_eq!((rewritten.position, &rewritten.now.actor_name), (1, &ann.name));
        let text = serde_json::to_string(&rewritten.now.happened).unwrap().to_lowercase();
        assert!(!text.contains("jane"), "{text}");
    }
}

#[test]
fn what_was_answered_to_others_stays_without_the_name() {
    for somebody in [an_agent(), a_customer()] {
        let now = bystander(&somebody).taken_from(&recorded(&somebody, said(true))).unwrap().now;
        assert_eq!((now.actor_name.as_str(), now.happened), (ERASED_USER, said(true)));
    }
}

#[test]
fn who_was_assigned_has_no_name_and_others_keep_theirs() {
    let (ann, jane) = (an_agent(), a_customer());
    let named = |actor: &Actor| Some(Named { id: actor.user, name: actor.name.clone() });
    let assigned = recorded(&jane, Happened::TicketAssigned { from: named(&jane), to: named(&ann) });
    let now = bystander(&ann).taken_from(&assigned).unwrap().now;
    assert_eq!(now.actor_name, jane.name);
    let to = Some(Named { id: ann.user, name: ERASED_USER.into() });
    assert_eq!(now.happened, Happened::TicketAssigned { from: named(&jane), to });
    assert_eq!(bystander(&ann).taken_from(&recorded(&jane, said(false))), None);
}

#[test]
fn the_address_of_an_account_is_gone() {
    let jane = a_customer();
    let created = Happened::UserCreated { email: "jane@example.com".into(), role: Role::Customer };
    let mut event = recorded(&an_agent(), created);
    event.event.subject = Subject::User(jane.user);
    let now = bystander(&jane).taken_from(&event).unwrap().now;
    assert_eq!(now.happened, Happened::UserCreated { email: ERASED.into(), role: Role::Customer });
}

#[tokio::test]
async fn access_ends_before_anything_is_taken_out_and_the_account_goes_last() {
    let jane = a_customer();
    let mut personal = MockPersonalRepository::new();
    let person = view(&jane);
    personal.expect_person().returning(move |_, _| Ok(Some(person.clone())));
    let mut left = vec![Vec::new(), vec![TICKET]];
    personal.expect_tickets().returning(move |_, _, _| Ok(left.pop().unwrap_or_default()));
    personal.expect_asked_for().returning(|_, _| Ok(vec![TICKET]));
    personal.expect_reached().returning(|_, _| Ok(0));
    let by_jane = recorded(&jane, said(false));
    personal.expect_events().returning(move |_, _, _, after, _| Ok((after == 0).then(|| (vec![by_jane.clone()], 9))));
    let mut people = MockIdentityRepository::new();
    let account = account_of(&jane);
    people.expect_find().returning(move |_, _| Ok(Some(account.clone())));
    let (desk, clock, committed) = a_desk(&a_ticket(Status::Open), &[]);
    let privacy = Privacy { personal: Arc::new(personal), people: Arc::new(people), work: desk.work, clock };
    // nothing was marked as erased in this store
    privacy.erase(&an_admin(), &jane.user.into()).await.unwrap_err();
    let committed = committed.lock().unwrap();
    let [first, tickets, log, last] = committed.as_slice() else { panic!("{committed:?}") };
    assert!(
        matches!(first.writes.as_slice(), [Write::SaveUser(user), Write::EndSessionsOf(..), Write::EndResetsOf(..)] if !user.is_active)
    );
    assert!(matches!(tickets.writes.as_slice(), [Write::EraseTickets(..)]));
    assert!(matches!(log.writes.as_slice(), [Write::RewriteEvents(_, events, 9)] if events.len() == 1));
    assert!(matches!(last.writes.first(), Some(Write::EraseUser(..))));
}

#[tokio::test]
async fn what_broke_off_goes_on_behind_the_place_that_was_reached_and_knows_what_was_said_before() {
    let jane = a_customer();
    let mut personal = MockPersonalRepository::new();
    let person = view(&jane);
    personal.expect_person().returning(move |_, _| Ok(Some(person.clone())));
    personal.expect_tickets().returning(|_, _, _| Ok(Vec::new()));
    personal.expect_asked_for().returning(|_, _| Ok(vec![TICKET]));
    personal.expect_reached().returning(|_, _| Ok(9));
    let before = recorded(&jane, said(false));
    personal.expect_deeds().returning(move |_, _, _, until| Ok(if until == 9 { vec![before.clone()] } else { Vec::new() }));
    let comment = CommentId(uuid::Uuid::from_u128(7));
    let edited = Happened::CommentEdited { comment, content: "My name is Jane!".into(), is_internal: false };
    let edited = recorded(&an_agent(), edited);
    personal
        .expect_events()
        .withf(|_, _, things, after, _| things == [TICKET.0] && *after >= 9)
        .returning(move |_, _, _, after, _| Ok((after == 9).then(|| (vec![edited.clone(); 501], 2_000))));
    let mut people = MockIdentityRepository::new();
    people.expect_find().returning(|_, _| Ok(None));
    let (desk, clock, committed) = a_desk(&a_ticket(Status::Open), &[]);
    let privacy = Privacy { personal: Arc::new(personal), people: Arc::new(people), work: desk.work, clock };
    privacy.erase(&an_admin(), &jane.user.into()).await.unwrap_err();
    let committed = committed.lock().unwrap();
    let rewritten = committed.iter().filter_map(|changes| match changes.writes.as_slice() {
        [Write::RewriteEvents(_, events, reached)] => Some((events.len(), *reached)),
        _ => None,
    });
    assert_eq!(rewritten.collect::<Vec<_>>(), [(500, 1), (1, 2_000)]);
}

#[tokio::test]
async fn whoever_is_erased_is_not_looked_for_again() {
    let jane = a_customer();
    let mut personal = MockPersonalRepository::new();
    let person = PersonalView { erased_at: Some(minutes(1)), ..view(&jane) };
    personal.expect_person().returning(move |_, _| Ok(Some(person.clone())));
    let mut people = MockIdentityRepository::new();
    people.expect_find().returning(|_, _| Ok(None));
    let (desk, clock, committed) = a_desk(&a_ticket(Status::Open), &[]);
    let privacy = Privacy { personal: Arc::new(personal), people: Arc::new(people), work: desk.work, clock };
    assert_eq!(privacy.erase(&an_admin(), &jane.user.into()).await.unwrap().erased_at, minutes(1));
    assert!(committed.lock().unwrap().is_empty());
}
