//! Who hears how much, over events of every kind that matters.

use uuid::Uuid;

use super::{Extent, Participants, Told};
use crate::event::{ByRoute, Event, FieldChange, Happened, Named, NamedTicket, Origin, Recorded, Subject, WorkOrderHappened};
use crate::field_service::WorkStatus;
use crate::kernel::actor::Sight;
use crate::kernel::id::{CommentId, EventId, RouteId, TicketId, UserId, WorkOrderId};
use crate::testing::{an_agent, minutes};

const REQUESTER: UserId = UserId(Uuid::from_u128(1));
const ASSIGNEE: UserId = UserId(Uuid::from_u128(2));
const OTHER: UserId = UserId(Uuid::from_u128(3));
const TICKET: TicketId = TicketId(Uuid::from_u128(4));

fn told(subject: Subject, happened: Happened) -> Told {
    let event = Event { subject, ..Event::of_ticket(TICKET, &an_agent(), minutes(0), happened) };
    let ticket = (subject == Subject::Ticket(TICKET)).then_some(Participants {
        ticket: TICKET,
        serial: 1,
        number: 1,
        requester: REQUESTER,
        assignee: Some(ASSIGNEE),
    });
    Told { recorded: Recorded { id: EventId(Uuid::from_u128(5)), position: 1, event }, ticket, is_withdrawn: false }
}

fn comment(is_internal: bool) -> Told {
    let comment = CommentId(Uuid::from_u128(6));
    let happened = Happened::CommentAdded { comment, content: "x".into(), is_internal, by_staff: true, mentions: Vec::new() };
    told(Subject::Ticket(TICKET), happened)
}

fn changed(field: &str) -> FieldChange {
    FieldChange { field: field.to_owned(), old: None, new: Some("x".to_owned()) }
}

#[test]
fn an_internal_note_is_heard_by_staff_and_the_technician_it_is_for_alone() {
    let note = comment(true);
    assert_eq!(note.heard_by(OTHER, Sight::All), Some(Extent::Whole));
    assert_eq!(note.heard_by(ASSIGNEE, Sight::OwnAndAssigned(ASSIGNEE)), Some(Extent::Working));
    assert_eq!(note.heard_by(REQUESTER, Sight::OwnAndAssigned(REQUESTER)), None);
    assert_eq!(note.heard_by(REQUESTER, Sight::Own(REQUESTER)), None);
    assert_eq!(note.heard_by(ASSIGNEE, Sight::Own(ASSIGNEE)), None);
}

#[test]
fn a_public_comment_is_heard_by_its_requester_and_no_other_customer() {
    let comment = comment(false);
    assert_eq!(comment.heard_by(REQUESTER, Sight::Own(REQUESTER)), Some(Extent::Public));
    assert_eq!(comment.heard_by(OTHER, Sight::Own(OTHER)), None);
    assert_eq!(comment.heard_by(OTHER, Sight::OwnAndAssigned(OTHER)), None);
}

#[test]
fn a_comment_that_is_internal_by_now_is_heard_by_no_customer() {
    let comment = Told { is_withdrawn: true, ..comment(false) };
    assert_eq!(comment.heard_by(REQUESTER, Sight::Own(REQUESTER)), None);
    assert_eq!(comment.heard_by(OTHER, Sight::All), Some(Extent::Whole));
    assert_eq!(comment.heard_by(ASSIGNEE, Sight::OwnAndAssigned(ASSIGNEE)), Some(Extent::Working));
}

#[test]
fn a_rating_is_heard_by_its_requester_and_staff_and_not_by_the_technician_it_is_about() {
    let rated = told(Subject::Ticket(TICKET), Happened::TicketRated { score: 1, comment: None });
    assert_eq!(rated.heard_by(ASSIGNEE, Sight::OwnAndAssigned(ASSIGNEE)), None);
    assert_eq!(rated.heard_by(REQUESTER, Sight::Own(REQUESTER)), Some(Extent::Public));
    assert_eq!(rated.heard_by(OTHER, Sight::All), Some(Extent::Whole));
}

#[test]
fn notes_of_staff_are_left_out_of_what_a_requester_hears() {
    let both = told(Subject::Ticket(TICKET), Happened::TicketUpdated { changes: vec![changed("title"), changed("admin_notes")] });
    let public = both.recorded.event.for_requesters().unwrap();
    assert_eq!(public.happened, Happened::TicketUpdated { changes: vec![changed("title")] });
    let notes = told(Subject::Ticket(TICKET), Happened::TicketUpdated { changes: vec![changed("admin_notes")] });
    assert_eq!(notes.heard_by(REQUESTER, Sight::Own(REQUESTER)), None);
}

#[test]
fn who_works_on_a_ticket_hears_no_admin_notes_and_nothing_of_other_tickets_or_of_rules() {
    let both = told(Subject::Ticket(TICKET), Happened::TicketUpdated { changes: vec![changed("title"), changed("admin_notes")] });
    let heard = both.recorded.event.for_technicians().unwrap();
    assert_eq!(heard.happened, Happened::TicketUpdated { changes: vec![changed("title")] });
    let other = NamedTicket { id: TicketId(Uuid::from_u128(8)), number: Some("TX0008".to_owned()), title: "x".to_owned() };
    assert_eq!(told(Subject::Ticket(TICKET), Happened::TicketMerged { into: other }).recorded.event.for_technicians(), None);
    let origin = Some(Origin::ByRoute(ByRoute { id: RouteId(Uuid::from_u128(1)), name: "x".to_owned() }));
    let note = Event { origin, ..comment(true).recorded.event };
    assert_eq!(note.for_technicians().unwrap().origin, None);
}

#[test]
fn a_technician_hears_that_a_ticket_was_taken_away() {
    let person = |id| Some(Named { id, name: "x".to_owned() });
    let taken = told(Subject::Ticket(TICKET), Happened::TicketAssigned { from: person(OTHER), to: person(ASSIGNEE) });
    assert_eq!(taken.heard_by(OTHER, Sight::OwnAndAssigned(OTHER)), Some(Extent::Working));
}

#[test]
fn what_is_about_no_ticket_is_for_staff_and_for_whose_account_it_is() {
    let password = told(Subject::User(REQUESTER), Happened::PasswordChanged);
    assert_eq!(password.heard_by(REQUESTER, Sight::Own(REQUESTER)), Some(Extent::Public));
    assert_eq!(password.heard_by(OTHER, Sight::Own(OTHER)), None);
    let gone = told(Subject::User(REQUESTER), Happened::UserDeleted);
    assert_eq!(gone.heard_by(REQUESTER, Sight::Own(REQUESTER)), None);
    assert_eq!(gone.heard_by(OTHER, Sight::All), Some(Extent::Whole));
}

#[test]
fn a_work_order_is_heard_of_by_its_technician_and_no_customer() {
    let subject = Subject::WorkOrder(WorkOrderId(Uuid::from_u128(7)));
    let (title, from, to) = ("x".to_owned(), WorkStatus::Scheduled, WorkStatus::InProgress);
    let moved =
        told(subject, Happened::WorkOrder(WorkOrderHappened::StatusChanged { title, technician: Some(ASSIGNEE), from, to }));
    assert_eq!(moved.heard_by(ASSIGNEE, Sight::OwnAndAssigned(ASSIGNEE)), Some(Extent::Working));
    assert_eq!(moved.heard_by(OTHER, Sight::OwnAndAssigned(OTHER)), None);
    assert_eq!(moved.heard_by(ASSIGNEE, Sight::Own(ASSIGNEE)), None);
    assert_eq!(moved.heard_by(OTHER, Sight::All), Some(Extent::Whole));
}
