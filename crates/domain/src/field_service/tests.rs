//! Field service over mocked ports: what is written, and what is not.

use std::sync::Arc;

use uuid::Uuid;

use super::command::{EditWorkOrder, PlanWorkOrder, WriteMaterial, WriteTask};
use super::port::{Booking, MockCustomerRepository, MockLocationRepository, MockWorkOrderRepository, WorkSight};
use super::{FieldServiceError, Slot, TaskView, WorkOrderView, WorkOrders, WorkPartChange, WorkPriority, WorkStatus};
use crate::event::{Happened, WorkOrderHappened};
use crate::identity::Role;
use crate::identity::port::{MockIdentityRepository, MockOrganizationRepository};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Moment;
use crate::kernel::fault::Fault;
use crate::kernel::id::{Reference, Target, TaskId, WorkOrderId};
use crate::kernel::violation::{Problem, Violations};
use crate::testing::{Committed, FixedClock, SequentialIds, a_customer, a_technician, account_of, an_agent, minutes, somebody};
use crate::ticket::UserBrief;
use crate::ticket::port::MockTicketRepository;
use crate::work::{MockUnitOfWork, Write};

fn brief(actor: &Actor) -> UserBrief {
    UserBrief {
        id: actor.user,
        serial: 1,
        username: actor.name.clone(),
        email: String::new(),
        first_name: actor.name.clone(),
        last_name: String::new(),
        role: actor.role,
    }
}

/// An order of the technician, from the first minute for an hour, with one task.
fn an_order(status: WorkStatus) -> WorkOrderView {
    let task = TaskView {
        id: TaskId(Uuid::from_u128(301)),
        serial: 1,
        position: 1,
        title: "Look".to_owned(),
        description: String::new(),
        estimated_minutes: None,
        completion: None,
    };
    WorkOrderView {
        id: WorkOrderId(Uuid::from_u128(300)),
        serial: 1,
        number: 1,
        title: "Visit".to_owned(),
        description: String::new(),
        status,
        priority: WorkPriority::Medium,
        customer: None,
        location: None,
        technician: Some(brief(&a_technician())),
        scheduled_at: Some(minutes(0)),
        estimated_minutes: Some(60),
        ticket: None,
        tasks: vec![task],
        materials: Vec::new(),
        created_by: an_agent().user,
        created_at: Moment::UNIX_EPOCH,
        updated_at: Moment::UNIX_EPOCH,
        started_at: None,
        completed_at: None,
        revision: 3,
    }
}

/// The use cases over a store with this order, whose technician is free or is not; and what they commit.
fn over(view: WorkOrderView, booking: Option<Booking>) -> (WorkOrders, Committed) {
    let (committed, mut orders, mut work) = (Committed::default(), MockWorkOrderRepository::new(), MockUnitOfWork::new());
    orders.expect_view().returning(move |_, sight, _| {
        let technician = view.technician.as_ref().map(|person| person.id);
        Ok((sight == WorkSight::All || Some(sight) == technician.map(WorkSight::AssignedTo)).then(|| view.clone()))
    });
    orders.expect_booked().returning(move |_, _, _| Ok(booking.clone()));
    let mut people = MockIdentityRepository::new();
    people.expect_find().returning(|_, reference| {
        let all = [a_technician(), a_customer(), an_agent()];
        Ok(all.iter().find(|actor| reference == &actor.user.into()).map(account_of))
    });
    let kept = committed.clone();
    work.expect_commit().returning(move |changes| {
        kept.lock().unwrap().push(changes);
        Ok(())
    });
    let mut customers = MockCustomerRepository::new();
    customers.expect_customer().returning(|_, _| Ok(None));
    let orders = WorkOrders {
        orders: Arc::new(orders),
        customers: Arc::new(customers),
        locations: Arc::new(MockLocationRepository::new()),
        tickets: Arc::new(MockTicketRepository::new()),
        people: Arc::new(people),
        organizations: Arc::new(MockOrganizationRepository::new()),
        work: Arc::new(work),
        clock: Arc::new(FixedClock::default()),
        ids: Arc::new(SequentialIds::default()),
    };
    (orders, committed)
}

fn reference() -> Reference {
    Reference::Id(Uuid::from_u128(300))
}

fn edit() -> EditWorkOrder {
    EditWorkOrder::of(reference())
}

fn taken() -> Booking {
    Booking { number: 7, title: "Other".to_owned(), from: minutes(0), to: minutes(30) }
}

#[tokio::test]
async fn a_planned_order_is_told_with_its_technician_and_keeps_their_time() {
    let (orders, committed) = over(an_order(WorkStatus::Scheduled), None);
    let command = PlanWorkOrder {
        title: Some(" Visit ".into()),
        technician: Some(a_technician().user.into()),
        scheduled_at: Some(minutes(5)),
        estimated_minutes: Some(30),
        ..PlanWorkOrder::default()
    };
    orders.plan(&an_agent(), command).await.unwrap();
    let committed = committed.lock().unwrap();
    let [Write::AddWorkOrder(order), Write::KeepFree(id)] = committed[0].writes.as_slice() else { panic!("{committed:?}") };
    assert_eq!(order.id, *id);
    assert_eq!(order.slot(), Some(Slot { technician: a_technician().user, from: minutes(5), to: minutes(35) }));
    let happened: Vec<_> = committed[0].events.iter().map(|event| event.kind()).collect();
    assert_eq!(happened, ["work_order.created", "work_order.assigned"]);
}

#[tokio::test]
async fn nobody_is_booked_twice_unless_they_shall_be() {
    let (orders, committed) = over(an_order(WorkStatus::Scheduled), Some(taken()));
    let later = |force| EditWorkOrder { scheduled_at: Some(Some(minutes(15))), force, ..edit() };
    let refused = orders.edit(&an_agent(), later(false)).await.unwrap_err();
    assert!(matches!(refused, FieldServiceError::Booked { number: 7, .. }));
    assert_eq!(refused.code(), "CONFLICT");
    orders.edit(&an_agent(), EditWorkOrder { title: Some("Same time".into()), ..edit() }).await.unwrap();
    orders.edit(&an_agent(), later(true)).await.unwrap();
    let committed = committed.lock().unwrap();
    assert!(committed.iter().all(|changes| !changes.writes.iter().any(|write| matches!(write, Write::KeepFree(_)))));
    assert_eq!(committed.len(), 2);
}

#[tokio::test]
async fn a_technician_moves_an_order_on_and_changes_nothing_else() {
    let (orders, committed) = over(an_order(WorkStatus::Scheduled), None);
    let technician = a_technician();
    for forbidden in [
        EditWorkOrder { title: Some("Mine".into()), ..edit() },
        EditWorkOrder { technician: Some(None), ..edit() },
        EditWorkOrder { estimated_minutes: Some(None), status: Some(WorkStatus::InProgress), ..edit() },
    ] {
        assert!(matches!(orders.edit(&technician, forbidden).await, Err(FieldServiceError::Forbidden)));
    }
    assert!(matches!(orders.delete(&technician, &reference().into()).await, Err(FieldServiceError::Forbidden)));
    assert!(committed.lock().unwrap().is_empty());
    let status = Some(WorkStatus::InProgress);
    let same = (Some("Visit".to_owned()), Some(Some(technician.user.into())));
    orders.edit(&technician, EditWorkOrder { status, title: same.0, technician: same.1, ..edit() }).await.unwrap();
    let committed = committed.lock().unwrap();
    let [Write::SaveWorkOrder(order)] = committed[0].writes.as_slice() else { panic!("{committed:?}") };
    assert_eq!((order.status, order.started_at), (WorkStatus::InProgress, Some(Moment::UNIX_EPOCH)));
}

#[tokio::test]
async fn there_are_no_orders_for_customers_and_strangers() {
    let (orders, committed) = over(an_order(WorkStatus::Scheduled), None);
    for actor in [a_customer(), somebody(99, Role::Technician)] {
        assert!(matches!(orders.read(&actor, &reference()).await, Err(FieldServiceError::NoWorkOrder)));
        assert!(matches!(orders.edit(&actor, edit()).await, Err(FieldServiceError::NoWorkOrder)));
        let added = orders.add_task(&actor, &reference().into(), WriteTask::default()).await;
        assert!(matches!(added, Err(FieldServiceError::NoWorkOrder)));
        assert!(matches!(orders.plan(&actor, PlanWorkOrder::default()).await, Err(FieldServiceError::Forbidden)));
    }
    assert!(committed.lock().unwrap().is_empty());
}

#[tokio::test]
async fn what_is_over_stays_over_and_takes_no_time() {
    for status in [WorkStatus::Completed, WorkStatus::Cancelled] {
        let (orders, committed) = over(an_order(status), Some(taken()));
        let refused = orders.edit(&an_agent(), EditWorkOrder { status: Some(WorkStatus::InProgress), ..edit() }).await;
        assert_eq!(refused.unwrap_err().code(), "INVALID_TRANSITION");
        orders.edit(&an_agent(), EditWorkOrder { status: Some(status), ..edit() }).await.unwrap();
        assert!(committed.lock().unwrap().is_empty());
        orders.edit(&an_agent(), EditWorkOrder { scheduled_at: Some(Some(minutes(9))), ..edit() }).await.unwrap();
    }
}

#[tokio::test]
async fn only_staff_and_technicians_are_given_orders() {
    let (orders, committed) = over(an_order(WorkStatus::Scheduled), None);
    let refused = orders.edit(&an_agent(), EditWorkOrder { technician: Some(Some(a_customer().user.into())), ..edit() }).await;
    assert!(matches!(refused, Err(FieldServiceError::Invalid(_))));
    let unknown = EditWorkOrder { customer: Some(Some(Reference::Serial(5))), ..edit() };
    let FieldServiceError::Invalid(violations) = orders.edit(&an_agent(), unknown).await.unwrap_err() else { panic!() };
    assert_eq!(violations, Violations::one("customer", Problem::Unknown("5".into())));
    assert!(committed.lock().unwrap().is_empty());
    orders.edit(&an_agent(), EditWorkOrder { technician: Some(Some(an_agent().user.into())), ..edit() }).await.unwrap();
}

#[tokio::test]
async fn every_part_that_is_wrong_is_named_by_its_place() {
    let (orders, committed) = over(an_order(WorkStatus::Scheduled), None);
    let tasks = vec![WriteTask { title: Some("ok".into()), ..WriteTask::default() }, WriteTask::default()];
    let cost = WriteMaterial { name: Some("Fuse".into()), cost: Some("-1".into()), ..WriteMaterial::default() };
    let command = PlanWorkOrder { tasks, materials: vec![cost], ..PlanWorkOrder::default() };
    let FieldServiceError::Invalid(violations) = orders.plan(&an_agent(), command).await.unwrap_err() else { panic!() };
    let told: Vec<_> = violations.0.iter().map(|violation| (violation.field.as_str(), violation.problem.clone())).collect();
    let part = |place: &str, problem| Problem::Part(place.to_owned(), Box::new(problem));
    assert_eq!(
        told,
        [
            ("title", Problem::Required),
            ("tasks", part("1.title", Problem::Required)),
            ("materials", part("0.cost", Problem::BelowMinimum(0))),
        ]
    );
    assert!(committed.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_task_is_done_by_whoever_marks_it_first() {
    let (orders, committed) = over(an_order(WorkStatus::InProgress), None);
    let done = WriteTask { is_completed: Some(true), ..WriteTask::default() };
    orders.edit_task(&a_technician(), &reference().into(), &Reference::Serial(1), done).await.unwrap();
    let stale = Target { reference: reference(), revision: Some(2) };
    assert!(orders.edit_task(&a_technician(), &stale, &Reference::Serial(1), WriteTask::default()).await.is_err());
    let committed = committed.lock().unwrap();
    let [Write::SaveWorkOrder(order)] = committed[0].writes.as_slice() else { panic!("{committed:?}") };
    assert_eq!(order.tasks[0].completion.map(|completion| completion.by), Some(a_technician().user));
    let told = &committed[0].events[0].happened;
    assert!(
        matches!(told, Happened::WorkOrder(WorkOrderHappened::PartChanged { change: WorkPartChange::Completed, .. })),
        "{told:?}"
    );
    assert_eq!(committed[0].events[0].history()[0].details, "Task completed: Look");
}
