//! The rules of tickets, told by the use cases over mocked ports.

mod conversation;
mod finalize;

use crate::event::Happened;
use crate::kernel::id::Target;
use crate::kernel::word::Word;
use crate::kernel::{Fault, Kind, Problem, StoreError};
use crate::testing::{
    Committed, a_customer, a_desk, a_technician, a_ticket, a_ticket_state, an_admin, an_agent, another_organization, somebody,
};
use crate::ticket::command::{AddComment, Approve, EditTicket, OpenTicket, UpdateStatus};
use crate::ticket::{Action, Priority, Status, Ticket, TicketError, Tickets};
use crate::work::{MockUnitOfWork, Write};

fn target(ticket: &Ticket) -> Target {
    ticket.id.into()
}

fn happened(committed: &Committed) -> Vec<Happened> {
    let all = committed.lock().unwrap();
    all.iter().flat_map(|changes| changes.events.iter().map(|event| event.happened.clone())).collect()
}

fn saved(committed: &Committed) -> Ticket {
    let all = committed.lock().unwrap();
    let writes = all.iter().flat_map(|changes| &changes.writes);
    writes
        .filter_map(|write| match write {
            Write::SaveTicket(ticket) | Write::AddTicket(ticket) => Some(ticket.as_ref().clone()),
            _ => None,
        })
        .next_back()
        .unwrap()
}

fn word(status: Status) -> Word<Status> {
    Word { means: status, stands_for: &[] }
}

fn update(ticket: &Ticket, status: Status) -> UpdateStatus {
    UpdateStatus { target: target(ticket), status: word(status), resolution: None, comment: None }
}

fn says(ticket: &Ticket, content: &str, is_internal: bool) -> AddComment {
    AddComment { target: target(ticket), content: Some(content.to_owned()), is_internal, mentions: Vec::new() }
}

/// The desk without any write allowed.
fn nothing_is_written(mut desk: Tickets) -> Tickets {
    let mut work = MockUnitOfWork::new();
    work.expect_commit().never();
    desk.work = std::sync::Arc::new(work);
    desk
}

#[tokio::test]
async fn a_new_ticket_is_open_and_of_medium_priority() {
    let (desk, _, committed) = a_desk(&a_ticket(Status::Open), &[]);
    let command = OpenTicket { title: Some("a".into()), description: Some("b".into()), ..OpenTicket::default() };
    desk.open(&a_customer(), command).await.unwrap();
    let ticket = saved(&committed);
    assert_eq!((ticket.status, ticket.priority), (Status::Open, Some(Priority::Medium)));
}

#[tokio::test]
async fn a_ticket_that_waits_for_approval_is_new_and_has_no_priority() {
    let (desk, _, committed) = a_desk(&a_ticket(Status::Open), &[]);
    let command =
        OpenTicket { title: Some("a".into()), description: Some("b".into()), needs_approval: true, ..OpenTicket::default() };
    desk.open(&a_customer(), command).await.unwrap();
    let ticket = saved(&committed);
    assert_eq!((ticket.status, ticket.priority, ticket.due()), (Status::New, None, None));
}

#[tokio::test]
async fn every_field_at_fault_is_named_and_nothing_is_written() {
    let (desk, ..) = a_desk(&a_ticket(Status::Open), &[]);
    let desk = nothing_is_written(desk);
    let command = OpenTicket { title: Some(" ".into()), contact_email: Some("x".into()), ..OpenTicket::default() };
    let refused = desk.open(&a_customer(), command).await.unwrap_err();
    let fields = refused.violations().unwrap().by_field();
    assert_eq!(fields["title"], [&Problem::Blank]);
    assert_eq!(fields["description"], [&Problem::Required]);
    assert_eq!(fields["contact_email"], [&Problem::NotAnEmail]);
}

#[tokio::test]
async fn a_customer_does_not_choose_the_assignee() {
    let (desk, ..) = a_desk(&a_ticket(Status::Open), &[an_agent()]);
    let desk = nothing_is_written(desk);
    let command = OpenTicket {
        title: Some("a".into()),
        description: Some("b".into()),
        assignee: Some(an_agent().user.into()),
        ..OpenTicket::default()
    };
    assert!(matches!(desk.open(&a_customer(), command).await, Err(TicketError::Forbidden)));
}

#[tokio::test]
async fn another_organizations_ticket_is_not_found() {
    let ticket = a_ticket(Status::Open);
    let (desk, ..) = a_desk(&ticket, &[]);
    let desk = nothing_is_written(desk);
    let mut stranger = an_admin();
    stranger.organization = another_organization();
    assert!(matches!(desk.claim(&stranger, &target(&ticket)).await, Err(TicketError::NotFound)));
}

#[tokio::test]
async fn another_customers_ticket_is_not_found() {
    let ticket = a_ticket(Status::Open);
    let (desk, ..) = a_desk(&ticket, &[]);
    let stranger = somebody(99, crate::identity::Role::Customer);
    let refused = nothing_is_written(desk).withdraw(&stranger, &target(&ticket), None).await;
    assert!(matches!(refused, Err(TicketError::NotFound)));
}

#[tokio::test]
async fn claiming_assigns_the_ticket_and_starts_the_work() {
    let ticket = a_ticket(Status::Open);
    let (desk, _, committed) = a_desk(&ticket, &[]);
    desk.claim(&an_agent(), &target(&ticket)).await.unwrap();
    let claimed = saved(&committed);
    assert_eq!((claimed.status, claimed.assignee), (Status::InProgress, Some(an_agent().user)));
}

#[tokio::test]
async fn what_somebody_else_holds_cannot_be_claimed() {
    let mut state = a_ticket_state(Status::Open);
    state.assignee = Some(an_admin().user);
    let ticket = Ticket::restored(state);
    let (desk, ..) = a_desk(&ticket, &[]);
    let refused = nothing_is_written(desk).claim(&an_agent(), &target(&ticket)).await;
    assert!(matches!(refused, Err(TicketError::AlreadyClaimed)));
}

#[tokio::test]
async fn only_staff_and_technicians_are_given_tickets() {
    let ticket = a_ticket(Status::Open);
    let (desk, ..) = a_desk(&ticket, &[a_customer(), a_technician()]);
    desk.assign(&an_agent(), &target(&ticket), Some(a_technician().user.into())).await.unwrap();
    let refused = desk.assign(&an_agent(), &target(&ticket), Some(a_customer().user.into())).await.unwrap_err();
    assert_eq!(refused.violations().unwrap().by_field()["assigned_to"], [&Problem::NotAssignable]);
}

#[tokio::test]
async fn approving_for_an_unknown_department_is_refused_on_the_field() {
    let ticket = a_ticket(Status::New);
    let (mut desk, _, committed) = a_desk(&ticket, &[]);
    let mut taxonomy = crate::taxonomy::port::MockTaxonomyRepository::new();
    taxonomy.expect_department().returning(|_, _| Ok(None));
    desk.taxonomy = std::sync::Arc::new(taxonomy);
    let department = crate::kernel::Reference::Name("Nowhere".into());
    let command = Approve {
        target: target(&ticket),
        priority: Some(Priority::High),
        department: Some(department),
        notes: Some("fine".into()),
    };
    let refused = desk.approve(&an_agent(), command).await.unwrap_err();
    assert_eq!(refused.violations().unwrap().by_field()["department"], [&Problem::Unknown("Nowhere".into())]);
    assert!(committed.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_status_update_never_leaves_new() {
    let ticket = a_ticket(Status::New);
    let (desk, ..) = a_desk(&ticket, &[]);
    let refused = nothing_is_written(desk).update_status(&an_agent(), update(&ticket, Status::InProgress)).await.unwrap_err();
    assert_eq!((refused.kind(), refused.code()), (Kind::Conflict, "INVALID_TRANSITION"));
}

#[tokio::test]
async fn the_status_it_has_already_changes_nothing() {
    let ticket = a_ticket(Status::Open);
    let (desk, ..) = a_desk(&ticket, &[]);
    nothing_is_written(desk).update_status(&an_agent(), update(&ticket, Status::Open)).await.unwrap();
}

#[tokio::test]
async fn a_word_that_already_stands_for_the_status_changes_nothing() {
    let ticket = a_ticket(Status::OnHold);
    let (desk, ..) = a_desk(&ticket, &[]);
    let shown = Word { means: Status::Pending, stands_for: &[Status::Pending, Status::OnHold] };
    let command = EditTicket { status: Some(shown), ..EditTicket::of(target(&ticket)) };
    nothing_is_written(desk).edit(&an_agent(), command).await.unwrap();
}

#[tokio::test]
async fn closing_an_active_ticket_outright_also_resolves_it() {
    let ticket = a_ticket(Status::InProgress);
    let (desk, clock, committed) = a_desk(&ticket, &[]);
    clock.set(7);
    desk.close(&an_agent(), &target(&ticket), None).await.unwrap();
    let closed = saved(&committed);
    assert_eq!(closed.resolved_at, Some(crate::testing::minutes(7)));
    assert_eq!(closed.closed_at, Some(crate::testing::minutes(7)));
}

#[tokio::test]
async fn a_closed_ticket_stays_closed_for_its_requester() {
    let ticket = a_ticket(Status::Closed);
    let (desk, ..) = a_desk(&ticket, &[]);
    let refused = nothing_is_written(desk).reopen(&a_customer(), &target(&ticket), None).await.unwrap_err();
    assert_eq!(refused.code(), "INVALID_TRANSITION");
}

#[tokio::test]
async fn a_requester_reopens_within_thirty_days_and_not_later() {
    let ticket = a_ticket(Status::Resolved);
    let (desk, clock, committed) = a_desk(&ticket, &[]);
    clock.set(30 * 24 * 60 + 1);
    assert!(desk.reopen(&a_customer(), &target(&ticket), None).await.is_err());
    clock.set(30 * 24 * 60);
    desk.reopen(&a_customer(), &target(&ticket), None).await.unwrap();
    assert_eq!(saved(&committed).resolved_at, None);
}

#[tokio::test]
async fn a_requester_who_writes_a_staff_only_field_changes_nothing() {
    let ticket = a_ticket(Status::Open);
    let (desk, ..) = a_desk(&ticket, &[]);
    let priority = Some(Word { means: Some(Priority::High), stands_for: &[] });
    let command = EditTicket { priority, title: Some("Mine".into()), ..EditTicket::of(target(&ticket)) };
    assert!(matches!(nothing_is_written(desk).edit(&a_customer(), command).await, Err(TicketError::Forbidden)));
}

#[tokio::test]
async fn sending_back_what_was_read_passes_for_a_requester() {
    let ticket = a_ticket(Status::Open);
    let (desk, ..) = a_desk(&ticket, &[]);
    let priority = Some(Word { means: Some(Priority::Medium), stands_for: &[Some(Priority::Medium)] });
    let command = EditTicket {
        priority,
        due_date: Some(ticket.due()),
        status: Some(word(Status::Open)),
        ..EditTicket::of(target(&ticket))
    };
    nothing_is_written(desk).edit(&a_customer(), command).await.unwrap();
}

#[tokio::test]
async fn only_the_requester_withdraws_and_only_once() {
    let ticket = a_ticket(Status::Open);
    let (desk, ..) = a_desk(&ticket, &[]);
    assert!(matches!(desk.withdraw(&an_agent(), &target(&ticket), None).await, Err(TicketError::Forbidden)));
    let gone = a_ticket(Status::Withdrawn);
    let (desk, ..) = a_desk(&gone, &[]);
    let refused = desk.withdraw(&a_customer(), &target(&gone), None).await.unwrap_err();
    assert_eq!(refused.code(), "INVALID_TRANSITION");
}

#[tokio::test]
async fn only_admins_delete() {
    let ticket = a_ticket(Status::Open);
    let (desk, _, committed) = a_desk(&ticket, &[]);
    assert!(matches!(desk.delete(&an_agent(), &target(&ticket)).await, Err(TicketError::Forbidden)));
    desk.delete(&an_admin(), &target(&ticket)).await.unwrap();
    assert!(matches!(committed.lock().unwrap()[0].writes[0], Write::DeleteTicket(id, 1, _) if id == ticket.id));
}

#[tokio::test]
async fn a_lost_race_is_decided_again_unless_the_client_insists_on_a_revision() {
    let ticket = a_ticket(Status::Open);
    let (mut desk, ..) = a_desk(&ticket, &[]);
    let mut work = MockUnitOfWork::new();
    let mut first = true;
    work.expect_commit().times(3).returning(move |_| if std::mem::take(&mut first) { Err(StoreError::Stale) } else { Ok(()) });
    desk.work = std::sync::Arc::new(work);
    desk.claim(&an_agent(), &target(&ticket)).await.unwrap();
    desk.claim(&an_agent(), &target(&ticket)).await.unwrap();
    let stale = Target { revision: Some(7), ..target(&ticket) };
    assert!(matches!(desk.claim(&an_agent(), &stale).await, Err(TicketError::Store(StoreError::Stale))));
}
