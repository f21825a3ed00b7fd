//! Who is told what.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use chrono::TimeDelta;
use uuid::Uuid;

use super::news::letters;
use super::port::{MockCarrier, MockOutbox, Settled, Undelivered};
use super::post::wait;
use super::{Addressee, Correspondence, Mail, MailKind, Mailbox, Message, OutboxEntry, OutboxState, Post, TicketBrief};
use crate::event::{Event, Happened, Named};
use crate::kernel::actor::Actor;
use crate::kernel::id::{CommentId, MailId, TicketId};
use crate::kernel::text::Email;
use crate::testing::{FixedClock, ORGANIZATION, a_customer, an_agent, minutes};
use crate::ticket::port::MockConversations;
use crate::ticket::{Action, PublicComment, Status};

fn addressee(actor: &Actor) -> Addressee {
    let address = Email::trusted(format!("{}@example.com", actor.user));
    Addressee { user: actor.user, mailbox: Mailbox { name: actor.name.clone(), address }, muted: BTreeSet::new() }
}

fn correspondence() -> Correspondence {
    Correspondence {
        ticket: TicketBrief { id: TicketId(Uuid::from_u128(100)), number: 1, title: "Printer".to_owned() },
        requester: Some(addressee(&a_customer())),
        assignee: Some(addressee(&an_agent())),
        resolution: Some("A new toner.".to_owned()),
        rejection_reason: None,
    }
}

fn by(actor: &Actor, happened: Happened) -> Event {
    Event::of_ticket(TicketId(Uuid::from_u128(100)), actor, minutes(0), happened)
}

fn says(actor: &Actor, is_internal: bool) -> Event {
    let comment = CommentId(Uuid::from_u128(7));
    let by_staff = actor.is_staff();
    by(actor, Happened::CommentAdded { comment, content: "x".to_owned(), is_internal, by_staff, mentions: Vec::new() })
}

fn told(event: &Event) -> Vec<String> {
    letters(event, correspondence()).into_iter().map(|(to, message)| format!("{} {}", message.kind(), to.mailbox.name)).collect()
}

#[test]
fn an_answer_goes_to_the_other_side() {
    assert_eq!(told(&says(&an_agent(), false)), ["ticket_replied customer 11"]);
    assert_eq!(told(&says(&a_customer(), false)), ["ticket_replied agent 12"]);
}

#[test]
fn an_internal_note_goes_to_nobody() {
    assert!(told(&says(&an_agent(), true)).is_empty());
}

#[test]
fn a_new_ticket_is_confirmed_to_its_requester() {
    let created = Happened::TicketCreated {
        title: "Printer".to_owned(),
        status: Status::Open,
        priority: None,
        requester: a_customer().user,
    };
    assert_eq!(told(&by(&a_customer(), created)), ["ticket_created customer 11"]);
}

#[test]
fn a_step_is_told_to_the_requester_with_the_resolution_unless_they_took_it() {
    let resolved = Happened::TicketStatusChanged { from: Status::Open, to: Status::Resolved, action: Action::Resolve };
    let letters = letters(&by(&an_agent(), resolved.clone()), correspondence());
    assert!(matches!(&letters[..], [(_, Message::TicketStatusChanged { note: Some(note), .. })] if note == "A new toner."));
    assert!(told(&by(&a_customer(), resolved)).is_empty());
}

#[test]
fn an_assignment_is_told_to_who_got_the_ticket_and_still_has_it() {
    let to = |actor: &Actor| Happened::TicketAssigned { from: None, to: Some(Named { id: actor.user, name: String::new() }) };
    assert_eq!(told(&by(&crate::testing::an_admin(), to(&an_agent()))), ["ticket_assigned agent 12"]);
    assert!(told(&by(&an_agent(), to(&an_agent()))).is_empty());
    assert!(told(&by(&an_agent(), to(&crate::testing::an_admin()))).is_empty());
}

#[test]
fn what_somebody_does_without_is_not_written() {
    let mut quiet = correspondence();
    quiet.requester.as_mut().unwrap().muted.insert(MailKind::NewReply);
    assert!(letters(&says(&an_agent(), false), quiet).is_empty());
}

#[test]
fn waits_grow_to_four_hours_and_no_longer() {
    let seconds: Vec<i64> = [1, 2, 3, 10, 40, u32::MAX].into_iter().map(|attempts| wait(attempts).num_seconds()).collect();
    assert_eq!(seconds, [30, 60, 120, 14_400, 14_400, 14_400]);
}

fn entry(attempts: u32) -> OutboxEntry {
    let mail = Mail {
        id: MailId(Uuid::from_u128(1)),
        organization: ORGANIZATION,
        to: addressee(&a_customer()).mailbox,
        user: None,
        message: Message::AccountApproved,
        created_at: minutes(0),
        expires_at: Some(minutes(60)),
    };
    OutboxEntry {
        mail,
        organization_name: "ACME".to_owned(),
        state: OutboxState::Waiting(minutes(0)),
        attempts,
        last_error: None,
    }
}

/// What a delivery at that minute settles when the mail server says so; none when it must not be asked.
async fn settled(at: u64, attempts: u32, said: Option<Result<(), Undelivered>>) -> Settled {
    settled_of(entry(attempts), HashSet::new(), at, said).await
}

/// The same of this mail, while these comments are public.
async fn settled_of(entry: OutboxEntry, public: HashSet<Uuid>, at: u64, said: Option<Result<(), Undelivered>>) -> Settled {
    let mut conversations = MockConversations::new();
    conversations.expect_public().returning(move |_, _| Ok(public.clone()));
    let clock = Arc::new(FixedClock::default());
    clock.set(at);
    let (mut outbox, mut carrier) = (MockOutbox::new(), MockCarrier::new());
    outbox.expect_claim().returning(move |_, _| Ok(Some(entry.clone())));
    let (sender, receiver) = std::sync::mpsc::channel();
    outbox.expect_settle().returning(move |_, _, outcome| {
        sender.send(outcome.clone()).unwrap();
        Ok(())
    });
    match said {
        Some(said) => drop(carrier.expect_carry().return_const(said)),
        None => drop(carrier.expect_carry().never()),
    }
    let (outbox, conversations, carrier) = (Arc::new(outbox), Arc::new(conversations), Arc::new(carrier));
    let post = Post { outbox, conversations, carrier, clock };
    assert!(post.deliver().await.unwrap());
    receiver.recv().unwrap()
}

fn refused(is_final: bool) -> Undelivered {
    Undelivered { is_final, reason: "no".to_owned() }
}

#[tokio::test]
async fn what_a_mail_server_took_is_sent() {
    assert_eq!(settled(1, 1, Some(Ok(()))).await, Settled::Sent(minutes(1)));
}

#[tokio::test]
async fn what_did_not_work_is_tried_again_later() {
    let again = minutes(1) + TimeDelta::seconds(30);
    assert_eq!(settled(1, 1, Some(Err(refused(false)))).await, Settled::Again(again, "no".to_owned()));
}

#[tokio::test]
async fn what_is_refused_for_good_or_too_often_is_given_up() {
    assert_eq!(settled(1, 1, Some(Err(refused(true)))).await, Settled::GivenUp("no".to_owned()));
    assert_eq!(settled(1, 16, Some(Err(refused(false)))).await, Settled::GivenUp("no".to_owned()));
}

#[tokio::test]
async fn what_is_of_no_use_any_more_is_not_sent() {
    assert!(matches!(settled(60, 1, None).await, Settled::GivenUp(_)));
}

#[tokio::test]
async fn a_comment_that_was_taken_back_is_not_sent() {
    let event = says(&an_agent(), false);
    let Happened::CommentAdded { comment, .. } = &event.happened else { panic!("{event:?}") };
    let (shown, mut replied) = (comment.0, entry(1));
    let ticket = correspondence().ticket;
    replied.mail.message = Message::TicketReplied { ticket, comment: PublicComment::of(&event).unwrap() };
    assert!(matches!(settled_of(replied.clone(), HashSet::new(), 1, None).await, Settled::GivenUp(_)));
    assert_eq!(settled_of(replied, HashSet::from([shown]), 1, Some(Ok(()))).await, Settled::Sent(minutes(1)));
}
