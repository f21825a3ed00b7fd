//! Handing tickets to the external workflow.

use super::{happened, nothing_is_written, saved, target};
use crate::event::Happened;
use crate::kernel::Fault;
use crate::testing::{Committed, a_customer, a_desk, a_ticket, a_ticket_state, an_agent, minutes, workflows};
use crate::ticket::{Status, Ticket, TicketState, Tickets};
use crate::work::Write;

fn a_desk_with_a_workflow(ticket: &Ticket) -> (Tickets, Committed) {
    let (mut desk, _, committed) = a_desk(ticket, &[]);
    desk.workflows = workflows();
    (desk, committed)
}

#[tokio::test]
async fn finalizing_marks_the_ticket_and_queues_what_the_workflow_is_told_in_one_commit() {
    for status in [Status::Resolved, Status::Closed] {
        let ticket = a_ticket(status);
        let (desk, committed) = a_desk_with_a_workflow(&ticket);
        desk.finalize(&an_agent(), &target(&ticket)).await.unwrap();
        assert_eq!(happened(&committed), [Happened::TicketFinalized]);
        assert_eq!(saved(&committed).finalized_at, Some(minutes(0)));
        let all = committed.lock().unwrap();
        let [Write::SaveTicket(_), Write::AddDelivery(delivery)] = all[0].writes.as_slice() else { panic!("{all:?}") };
        assert_eq!(delivery.subject, ticket.id.0);
        assert!(delivery.body.contains("\"ticket_number\":\"TX0001\""), "{}", delivery.body);
    }
}

#[tokio::test]
async fn finalizing_without_a_workflow_is_refused_and_changes_nothing() {
    let ticket = a_ticket(Status::Resolved);
    let (desk, ..) = a_desk(&ticket, &[]);
    let refused = nothing_is_written(desk).finalize(&an_agent(), &target(&ticket)).await.unwrap_err();
    assert_eq!(refused.code(), "WORKFLOW_NOT_CONFIGURED");
}

#[tokio::test]
async fn finalizing_twice_is_a_conflict() {
    let ticket = Ticket::restored(TicketState { finalized_at: Some(minutes(0)), ..a_ticket_state(Status::Closed) });
    let (desk, _) = a_desk_with_a_workflow(&ticket);
    assert_eq!(nothing_is_written(desk).finalize(&an_agent(), &target(&ticket)).await.unwrap_err().code(), "CONFLICT");
}

#[tokio::test]
async fn only_what_is_resolved_or_closed_is_finalized() {
    for status in [Status::New, Status::Open, Status::InProgress, Status::Pending, Status::Rejected, Status::Withdrawn] {
        let ticket = a_ticket(status);
        let (desk, _) = a_desk_with_a_workflow(&ticket);
        let refused = nothing_is_written(desk).finalize(&an_agent(), &target(&ticket)).await.unwrap_err();
        assert_eq!(refused.code(), "INVALID_TRANSITION");
    }
}

#[tokio::test]
async fn only_staff_finalize() {
    let ticket = a_ticket(Status::Resolved);
    let (desk, _) = a_desk_with_a_workflow(&ticket);
    assert_eq!(nothing_is_written(desk).finalize(&a_customer(), &target(&ticket)).await.unwrap_err().code(), "PERMISSION_DENIED");
}
