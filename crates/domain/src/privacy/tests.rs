//! What erasing takes out of the log.

use super::*;
use crate::event::{Event, FieldChange, Happened, Named, Recorded, Subject};
use crate::identity::Role;
use crate::kernel::actor::Actor;
use crate::kernel::id::{CommentId, EventId, TicketId};
use crate::testing::{a_customer, an_agent, minutes};
use crate::ticket::{Priority, Status};

fn recorded(actor: &Actor, happened: Happened) -> Recorded {
    let event = Event::of_ticket(TicketId(uuid::Uuid::from_u128(100)), actor, minutes(0), happened);
    Recorded { id: EventId(uuid::Uuid::from_u128(1)), position: 1, event }
}

fn erased(actor: &Actor) -> ErasedPerson {
    ErasedPerson { user: actor.user, is_staff: actor.is_staff(), customers: Vec::new() }
}

fn said(by_staff: bool) -> Happened {
    let comment = CommentId(uuid::Uuid::from_u128(7));
    Happened::CommentAdded { comment, content: "My name is Jane.".into(), is_internal: false, by_staff, mentions: Vec::new() }
}

#[test]
fn what_a_customer_wrote_is_gone_and_so_is_the_name() {
    let jane = a_customer();
    let change = FieldChange { field: "title".into(), old: Some("Jane's printer".into()), new: Some("Printer".into()) };
    let changed = Happened::TicketUpdated { changes: vec![change] };
    let requester = jane.user;
    let created =
        Happened::TicketCreated { title: "Jane".into(), status: Status::Open, priority: Some(Priority::Low), requester };
    let rated = Happened::TicketRated { score: 1, comment: Some("Jane".into()) };
    for happened in [said(false), changed, created, rated] {
        let (name, without) = erased(&jane).taken_from(&recorded(&jane, happened)).unwrap();
        assert_eq!(name, ERASED_USER);
        assert!(!serde_json::to_string(&without).unwrap().contains("Jane"), "{without:?}");
    }
}

#[test]
fn what_staff_answered_stays_without_their_name() {
    let ann = an_agent();
    let (name, without) = erased(&ann).taken_from(&recorded(&ann, said(true))).unwrap();
    assert_eq!((name.as_str(), without), (ERASED_USER, said(true)));
}

#[test]
fn who_was_assigned_has_no_name_and_others_keep_theirs() {
    let (ann, jane) = (an_agent(), a_customer());
    let named = |actor: &Actor| Some(Named { id: actor.user, name: actor.name.clone() });
    let assigned = recorded(&jane, Happened::TicketAssigned { from: named(&jane), to: named(&ann) });
    let (name, without) = erased(&ann).taken_from(&assigned).unwrap();
    assert_eq!(name, jane.name);
    let to = Some(Named { id: ann.user, name: ERASED_USER.into() });
    assert_eq!(without, Happened::TicketAssigned { from: named(&jane), to });
    assert_eq!(erased(&ann).taken_from(&recorded(&jane, said(false))), None);
}

#[test]
fn the_address_of_an_account_is_gone() {
    let jane = a_customer();
    let created = Happened::UserCreated { email: "jane@example.com".into(), role: Role::Customer };
    let mut event = recorded(&an_agent(), created);
    event.event.subject = Subject::User(jane.user);
    let (_, without) = erased(&jane).taken_from(&event).unwrap();
    assert_eq!(without, Happened::UserCreated { email: ERASED.into(), role: Role::Customer });
}
