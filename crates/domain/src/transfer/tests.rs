//! The rules of merging and splitting, over mocked ports.

use std::sync::Arc;

use uuid::Uuid;

use super::port::MockTransferRepository;
use super::*;
use crate::kernel::actor::Actor;
use crate::kernel::id::{CommentId, Reference, Target, TicketId, UserId};
use crate::kernel::text::CommentText;
use crate::kernel::{Fault, Kind};
use crate::taxonomy::port::MockTaxonomyRepository;
use crate::testing::{Committed, a_customer, a_desk, a_row, a_technician, a_ticket_state, an_agent, minutes};
use crate::ticket::port::{MockTicketReader, MockTicketRepository};
use crate::ticket::{Comment, CommentState, Status, Ticket, TicketBrief, TicketState, TicketView};
use crate::work::Write;

/// A ticket of the customer under that number.
fn numbered(number: u128, status: Status) -> TicketState {
    TicketState { id: TicketId(Uuid::from_u128(number)), ..a_ticket_state(status) }
}

/// The use cases over a store with these tickets, and what they commit.
fn transfers(tickets: &[TicketState], said: Vec<Comment>) -> (Transfers, Committed) {
    let all: Vec<Ticket> = tickets.iter().cloned().map(Ticket::restored).collect();
    let (desk, clock, committed) = a_desk(all.first().unwrap(), &[]);
    let mut repository = MockTicketRepository::new();
    let stored = all.clone();
    repository.expect_find().returning(move |viewer, reference| {
        let seen = |ticket: &&Ticket| viewer.sight.covers(ticket.requester, ticket.assignee) && reference == &ticket.id.into();
        Ok(stored.iter().find(seen).cloned())
    });
    repository
        .expect_comment()
        .returning(move |_, _, reference| Ok(said.iter().find(|comment| reference == &comment.id.into()).cloned()));
    let mut reader = MockTicketReader::new();
    reader.expect_briefs().returning(|_, references| Ok(references.iter().map(|reference| Some(brief(reference))).collect()));
    let view = TicketView { row: a_row(all.first().unwrap()), comments: Vec::new(), attachments: Vec::new() };
    reader.expect_view().returning(move |_, _| Ok(Some(view.clone())));
    let transfers = Transfers {
        transfers: Arc::new(MockTransferRepository::new()),
        tickets: Arc::new(repository),
        reader: Arc::new(reader),
        taxonomy: Arc::new(MockTaxonomyRepository::new()),
        work: desk.work,
        clock,
        ids: desk.ids,
    };
    (transfers, committed)
}

fn brief(reference: &Reference) -> TicketBrief {
    let Reference::Id(id) = reference else { panic!("by id") };
    TicketBrief { id: TicketId(*id), serial: 1, number: 1, title: "Printer".to_owned(), status: Status::Open }
}

async fn merge(transfers: &Transfers, actor: &Actor, source: u128, into: u128) -> Option<Kind> {
    let (source, into) = (Reference::Id(Uuid::from_u128(source)), Reference::Id(Uuid::from_u128(into)));
    transfers.merge_into(actor, &Target::from(source), Some(&into), Readers::Same).await.err().map(|error| error.kind())
}

#[tokio::test]
async fn a_merge_is_one_commit_that_closes_the_ticket_with_a_note_and_a_link() {
    let (transfers, committed) = transfers(&[numbered(1, Status::Pending), numbered(2, Status::Open)], Vec::new());
    assert_eq!(merge(&transfers, &an_agent(), 1, 2).await, None);
    let all = committed.lock().unwrap();
    let [changes] = all.as_slice() else { panic!("one commit") };
    let [Write::SaveTicket(target), Write::SaveTicket(source), Write::AddTransfer(_), Write::AddComment(note), Write::AddLink(_)] =
        changes.writes.as_slice()
    else {
        panic!("{:?}", changes.writes)
    };
    assert_eq!((target.id.0.as_u128(), target.status), (2, Status::Open));
    assert_eq!((source.id.0.as_u128(), source.status), (1, Status::Closed));
    assert!(!note.is_internal && note.ticket == source.id);
}

#[tokio::test]
async fn a_ticket_goes_on_in_somebody_elses_only_when_that_is_said_and_its_note_is_internal() {
    let theirs = TicketState { requester: UserId(Uuid::from_u128(99)), ..numbered(2, Status::Open) };
    let (transfers, committed) = transfers(&[numbered(1, Status::Open), theirs], Vec::new());
    assert_eq!(merge(&transfers, &an_agent(), 1, 2).await, Some(Kind::Invalid), "it was not said that others may read it");
    assert!(committed.lock().unwrap().is_empty());
    let (source, into) = (Target::from(numbered(1, Status::Open).id), numbered(2, Status::Open).id.into());
    transfers.merge_into(&an_agent(), &source, Some(&into), Readers::Others).await.unwrap();
    let writes = committed.lock().unwrap().remove(0).writes;
    assert!(writes.iter().any(|write| matches!(write, Write::AddComment(note) if note.is_internal)));
}

#[tokio::test]
async fn what_is_merged_or_over_is_not_merged_and_nothing_is_written() {
    let merged = TicketState { merged_into: Some(TicketId(Uuid::from_u128(2))), ..numbered(3, Status::Closed) };
    let tickets = [numbered(1, Status::Open), numbered(2, Status::Open), merged, numbered(4, Status::Withdrawn)];
    let (transfers, committed) = transfers(&tickets, Vec::new());
    for (source, into, kind) in [
        (1, 1, Kind::Invalid),
        (1, 99, Kind::Invalid),
        (99, 1, Kind::NotFound),
        (3, 1, Kind::Conflict),
        (1, 3, Kind::Conflict),
        (4, 1, Kind::Conflict),
        (1, 4, Kind::Conflict),
    ] {
        assert_eq!(merge(&transfers, &an_agent(), source, into).await, Some(kind), "{source} into {into}");
    }
    assert_eq!(merge(&transfers, &a_customer(), 1, 2).await, Some(Kind::Forbidden));
    assert_eq!(merge(&transfers, &a_technician(), 1, 2).await, Some(Kind::NotFound));
    assert!(committed.lock().unwrap().is_empty());
}

fn comment(number: u128, content: &str, is_internal: bool) -> Comment {
    Comment::restored(CommentState {
        id: CommentId(Uuid::from_u128(number)),
        ticket: numbered(1, Status::Open).id,
        author: an_agent().user,
        content: CommentText::trusted(content.to_owned()),
        is_internal,
        mentions: Vec::new(),
        created_at: minutes(i64::try_from(number).unwrap()),
        updated_at: minutes(0),
        revision: 1,
    })
}

#[tokio::test]
async fn nothing_internal_becomes_the_description_of_a_split_ticket() {
    let said = vec![comment(7, "secret", true), comment(8, "The fax too.", false)];
    let (transfers, committed) = transfers(&[numbered(1, Status::Open)], said);
    let split = async |comments: &[u128]| {
        let comments = comments.iter().map(|n| Reference::Id(Uuid::from_u128(*n))).collect();
        let (target, title) = (Target::from(numbered(1, Status::Open).id), Some("Fax".to_owned()));
        transfers.split(&an_agent(), SplitTicket { target, comments, title, description: None }).await
    };
    assert_eq!(split(&[7]).await.unwrap_err().kind(), Kind::Invalid);
    assert_eq!(split(&[9]).await.unwrap_err().kind(), Kind::Invalid);
    assert_eq!(split(&[]).await.unwrap_err().kind(), Kind::Invalid);
    assert!(committed.lock().unwrap().is_empty());
    split(&[8, 7]).await.unwrap();
    let writes = committed.lock().unwrap().remove(0).writes;
    assert!(writes.iter().any(|write| matches!(write, Write::AddTicket(new) if new.description.as_str() == "The fax too.")));
}
