//! Who is told what in the desk, and what becomes of it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use uuid::Uuid;

use super::concerned::{told_of_ticket as told, told_of_work};
use super::port::{MockAudience, MockNotificationRepository};
use super::{
    Message, NotificationKind, NotificationNews, NotificationPreferences, NotificationView, Notifications, Recipient,
    TicketAudience, WorkAudience,
};
use crate::event::{Event, Happened, Named, Projection, Recorded, WorkOrderHappened};
use crate::field_service::{WorkPriority, WorkStatus};
use crate::identity::Role;
use crate::kernel::actor::Actor;
use crate::kernel::id::{CommentId, EventId, NotificationId, Reference, Target, TicketId, UserId, WorkOrderId};
use crate::mail::TicketBrief;
use crate::sla::ClockKind;
use crate::testing::{
    Committed, FixedClock, ORGANIZATION, SequentialIds, a_customer, a_technician, an_admin, an_agent, minutes, somebody,
};
use crate::ticket::{Action, Priority, Status};
use crate::work::{MockUnitOfWork, Write};

const TICKET: TicketId = TicketId(Uuid::from_u128(100));
const WORK: WorkOrderId = WorkOrderId(Uuid::from_u128(300));

fn recipient(actor: &Actor) -> Recipient {
    Recipient { user: actor.user, role: actor.role, chosen: BTreeMap::new() }
}

/// A ticket of the customer that the agent works on; the admin and the technician are there too.
fn audience() -> TicketAudience {
    TicketAudience {
        ticket: TicketBrief { id: TICKET, number: 7, title: "Printer".to_owned() },
        priority: Some(Priority::High),
        requester: a_customer().user,
        assignee: Some(an_agent().user),
        people: [a_customer(), an_agent(), an_admin(), a_technician()].iter().map(recipient).collect(),
    }
}

fn by(actor: &Actor, happened: Happened) -> Event {
    Event::of_ticket(TICKET, actor, minutes(3), happened)
}

fn says(is_internal: bool, mentions: &[&Actor]) -> Happened {
    let mentions = mentions.iter().map(|actor| actor.user).collect();
    let comment = CommentId(Uuid::from_u128(7));
    Happened::CommentAdded { comment, content: "The secret.".to_owned(), is_internal, by_staff: true, mentions }
}

fn moved(to: Status) -> Happened {
    Happened::TicketStatusChanged { from: Status::Open, to, action: Action::Update(to) }
}

fn words(told: Vec<(UserId, Message)>) -> Vec<(UserId, &'static str)> {
    told.into_iter().map(|(user, message)| (user, message.kind().word())).collect()
}

fn heard(event: &Event) -> Vec<(UserId, &'static str)> {
    words(told(event, &audience()))
}

#[test]
fn a_reply_is_told_to_the_other_side() {
    assert_eq!(heard(&by(&an_agent(), says(false, &[]))), [(a_customer().user, "reply")]);
    assert_eq!(heard(&by(&a_customer(), says(false, &[]))), [(an_agent().user, "reply")]);
}

#[test]
fn an_internal_note_is_told_to_who_works_on_the_ticket_and_never_to_its_requester() {
    assert_eq!(heard(&by(&an_admin(), says(true, &[]))), [(an_agent().user, "reply")]);
    assert!(heard(&by(&an_agent(), says(true, &[&a_customer()]))).is_empty());
}

#[test]
fn who_is_mentioned_is_told_so_and_not_twice() {
    let event = by(&an_admin(), says(false, &[&an_agent(), &an_admin()]));
    assert_eq!(heard(&event), [(an_agent().user, "mention"), (a_customer().user, "reply")]);
}

#[test]
fn a_mention_of_somebody_who_does_not_see_the_ticket_tells_nobody() {
    assert_eq!(heard(&by(&an_agent(), says(false, &[&a_technician()]))), [(a_customer().user, "reply")]);
}

#[test]
fn a_step_is_told_to_requester_and_assignee_but_who_took_it() {
    assert_eq!(heard(&by(&an_agent(), moved(Status::Resolved))), [(a_customer().user, "status_change")]);
    let both = [(a_customer().user, "status_change"), (an_agent().user, "status_change")];
    assert_eq!(heard(&by(&an_admin(), moved(Status::Pending))), both);
}

#[test]
fn an_assignment_is_told_to_who_got_the_ticket_and_still_has_it() {
    let to = |actor: &Actor| Happened::TicketAssigned { from: None, to: Some(Named { id: actor.user, name: String::new() }) };
    assert_eq!(heard(&by(&an_admin(), to(&an_agent()))), [(an_agent().user, "assignment")]);
    assert!(heard(&by(&an_agent(), to(&an_agent()))).is_empty());
    assert!(heard(&by(&an_agent(), to(&an_admin()))).is_empty());
}

#[test]
fn what_somebody_does_without_they_are_not_told() {
    let mut quiet = audience();
    quiet.people[0].chosen.insert(NotificationKind::Reply, false);
    assert!(told(&by(&an_agent(), says(false, &[])), &quiet).is_empty());
}

fn created() -> Happened {
    let (title, status, requester) = ("Printer".to_owned(), Status::Open, a_customer().user);
    Happened::TicketCreated { title, status, priority: None, requester }
}

#[test]
fn a_new_ticket_is_told_to_staff_who_asked_for_it() {
    let mut asking = audience();
    for person in &mut asking.people {
        person.chosen.insert(NotificationKind::TicketCreated, person.user != an_agent().user);
    }
    assert_eq!(words(told(&by(&a_customer(), created()), &asking)), [(an_admin().user, "ticket_created")]);
    assert!(heard(&by(&a_customer(), created())).is_empty());
}

#[tokio::test]
async fn a_new_ticket_that_nobody_asked_for_is_not_looked_up() {
    let mut people = MockAudience::new();
    people.expect_asking_for().returning(|_, _| Ok(Vec::new()));
    people.expect_of_tickets().never();
    let news = NotificationNews { audience: Arc::new(people), ids: Arc::new(SequentialIds::default()) };
    let recorded = Recorded { id: EventId(Uuid::from_u128(9)), position: 1, event: by(&a_customer(), created()) };
    assert!(news.project(ORGANIZATION, &[recorded]).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_notification_names_who_did_what_and_quotes_nothing() {
    let mut people = MockAudience::new();
    people.expect_of_tickets().times(1).returning(|_, _, _| Ok(HashMap::from([(TICKET, audience())])));
    let news = NotificationNews { audience: Arc::new(people), ids: Arc::new(SequentialIds::default()) };
    let recorded = |n| Recorded { id: EventId(Uuid::from_u128(n)), position: 1, event: by(&an_agent(), says(false, &[])) };
    let writes = news.project(ORGANIZATION, &[recorded(9), recorded(10)]).await.unwrap();
    let [Write::AddNotification(told), Write::AddNotification(_)] = writes.as_slice() else { panic!("{writes:?}") };
    assert_eq!((told.title.as_str(), told.message.as_str()), ("New reply to TX0007", "agent 12 replied to “Printer”."));
    assert_eq!((told.event, told.user, told.priority), (EventId(Uuid::from_u128(9)), a_customer().user, Priority::High));
}

#[test]
fn a_deadline_is_told_to_who_works_on_the_ticket_else_to_who_hands_tickets_out() {
    let nobody =
        Event { actor: None, ..by(&an_agent(), Happened::SlaBreached { clock: ClockKind::Resolution, due: minutes(1) }) };
    assert_eq!(heard(&nobody), [(an_agent().user, "sla_breach")]);
    let unassigned = TicketAudience { assignee: None, ..audience() };
    assert_eq!(words(told(&nobody, &unassigned)), [(an_admin().user, "sla_breach")]);
    let warning = Message::SlaWarned { clock: ClockKind::FirstResponse };
    assert_eq!(warning.title("TX0007"), "TX0007: first response is due soon");
    assert_eq!((warning.priority(Priority::Low), warning.priority(Priority::Critical)), (Priority::High, Priority::Critical));
}

/// Work of the technician that the agent planned.
fn work_audience() -> WorkAudience {
    WorkAudience {
        id: WORK,
        number: 3,
        title: "New printer".to_owned(),
        priority: WorkPriority::Urgent,
        planner: an_agent().user,
        technician: Some(a_technician().user),
        people: [an_agent(), a_technician()].iter().map(recipient).collect(),
    }
}

fn of_work(actor: &Actor, happened: Happened) -> Event {
    Event::of_work_order(WORK, actor, minutes(3), happened)
}

fn work_moved(to: WorkStatus) -> Happened {
    let (title, technician) = ("New printer".to_owned(), Some(a_technician().user));
    Happened::WorkOrder(WorkOrderHappened::StatusChanged { title, technician, from: WorkStatus::Scheduled, to })
}

#[test]
fn a_work_order_is_told_to_its_technician_and_who_planned_it() {
    let to = |actor: &Actor| {
        let to = Some(Named { id: actor.user, name: String::new() });
        Happened::WorkOrder(WorkOrderHappened::Assigned { title: "New printer".to_owned(), from: None, to })
    };
    let heard = |event: &Event| words(told_of_work(event, &work_audience()));
    assert_eq!(heard(&of_work(&an_agent(), to(&a_technician()))), [(a_technician().user, "work_order")]);
    assert!(heard(&of_work(&an_agent(), to(&an_admin()))).is_empty(), "it is somebody else's by now");
    let both = [(a_technician().user, "work_order"), (an_agent().user, "work_order")];
    assert_eq!(heard(&of_work(&an_admin(), work_moved(WorkStatus::Cancelled))), both);
    assert_eq!(heard(&of_work(&a_technician(), work_moved(WorkStatus::Completed))), [(an_agent().user, "work_order")]);
}

#[test]
fn work_of_somebody_who_is_a_technician_no_more_is_not_told() {
    let mut audience = work_audience();
    audience.people[1].role = Role::Customer;
    let event = of_work(&an_admin(), work_moved(WorkStatus::OnHold));
    assert_eq!(words(told_of_work(&event, &audience)), [(an_agent().user, "work_order")]);
}

fn notification(number: u128, is_read: bool) -> NotificationView {
    NotificationView {
        id: NotificationId(Uuid::from_u128(number)),
        serial: 1,
        kind: NotificationKind::Reply,
        priority: Priority::Medium,
        title: "New reply to TX0007".to_owned(),
        message: "agent 12 replied to “Printer”.".to_owned(),
        ticket: None,
        work_order: None,
        created_at: minutes(1),
        read_at: is_read.then(|| minutes(2)),
    }
}

/// A unit of work that takes everything.
fn work(committed: &Committed) -> Arc<MockUnitOfWork> {
    let (mut work, log) = (MockUnitOfWork::new(), committed.clone());
    work.expect_commit().returning(move |changes| {
        log.lock().unwrap().push(changes);
        Ok(())
    });
    Arc::new(work)
}

/// The use cases over a store with this notification and so many unread, and what they commit.
fn notifications(stored: &NotificationView, unread: usize) -> (Notifications, Committed) {
    let (committed, mut repository) = (Committed::default(), MockNotificationRepository::new());
    let stored = stored.clone();
    repository.expect_view().returning(move |_, _| Ok(Some(stored.clone())));
    let mut left = unread;
    repository.expect_unread().returning(move |_, _, limit| {
        let some = left.min(usize::try_from(limit).unwrap());
        left -= some;
        Ok((0..some).map(|n| NotificationId(Uuid::from_u128(n as u128))).collect())
    });
    let (work, clock) = (work(&committed), Arc::new(FixedClock::default()));
    (Notifications { notifications: Arc::new(repository), work, clock }, committed)
}

fn target(revision: Option<i64>) -> Target {
    Target { reference: Reference::Serial(1), revision }
}

#[tokio::test]
async fn a_notification_is_read_once() {
    let (unread, committed) = notifications(&notification(1, false), 0);
    unread.mark_read(&an_agent(), &target(None)).await.unwrap();
    assert_eq!(committed.lock().unwrap()[0].writes.len(), 1);
    let (read, committed) = notifications(&notification(1, true), 0);
    read.mark_read(&an_agent(), &target(None)).await.unwrap();
    assert!(committed.lock().unwrap()[0].writes.is_empty());
}

#[tokio::test]
async fn all_are_read_some_at_a_time_and_counted() {
    let (many, committed) = notifications(&notification(1, false), 1_200);
    assert_eq!(many.mark_all_read(&an_agent()).await.unwrap(), 1_200);
    let sizes: Vec<usize> = committed
        .lock()
        .unwrap()
        .iter()
        .map(|changes| match &changes.writes[..] {
            [Write::ReadNotifications(_, some, _)] => some.len(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(sizes, [500, 500, 200]);
}

#[tokio::test]
async fn a_notification_that_was_read_meanwhile_is_not_deleted_as_unread() {
    let (read, committed) = notifications(&notification(1, true), 0);
    assert!(read.delete(&an_agent(), &target(Some(1))).await.is_err());
    assert!(committed.lock().unwrap().is_empty());
}

#[tokio::test]
async fn who_chose_nothing_gets_everything_but_new_tickets() {
    let mut repository = MockNotificationRepository::new();
    repository.expect_chosen().returning(|_| Ok(BTreeMap::from([(NotificationKind::Mention, false)])));
    let preferences = NotificationPreferences { notifications: Arc::new(repository), work: work(&Committed::default()) };
    let read = preferences.read(&somebody(15, Role::Agent)).await.unwrap();
    let unwanted: Vec<_> = read.into_iter().filter(|(_, wanted)| !wanted).map(|(kind, _)| kind).collect();
    assert_eq!(unwanted, [NotificationKind::Mention, NotificationKind::TicketCreated]);
}
