//! The rules of handing over, over mocked ports.

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use serde_json::Value;
use uuid::Uuid;

use super::courier::wait;
use super::port::{MockDeliveries, MockWorkflow, Settled};
use super::{Courier, Delivery, DeliveryEntry, Handover, Refused};
use crate::identity::{Organization, OrganizationSettings, Role};
use crate::kernel::id::{CommentId, DeliveryId};
use crate::testing::{FixedClock, ORGANIZATION, a_row, a_ticket, an_agent, minutes};
use crate::ticket::{CommentView, Status, TicketView, UserBrief};

fn due(attempts: u32) -> DeliveryEntry {
    let delivery = Delivery {
        id: DeliveryId(Uuid::from_u128(5)),
        organization: ORGANIZATION,
        ticket: a_ticket(Status::Closed).id,
        body: "{}".to_owned(),
        created_at: minutes(0),
    };
    DeliveryEntry { delivery, attempts }
}

/// What a delivery comes to that was finalized at minute zero and is brought at that minute.
async fn outcome(minute: u64, attempts: u32, answer: Result<(), Refused>) -> Settled {
    let (clock, settled) = (Arc::new(FixedClock::default()), Arc::new(Mutex::new(None)));
    clock.set(minute);
    let (mut deliveries, mut workflow) = (MockDeliveries::new(), MockWorkflow::new());
    deliveries.expect_claim().returning(move |_, _| Ok(Some(due(attempts))));
    let kept = settled.clone();
    deliveries.expect_settle().once().returning(move |_, attempt, outcome| {
        assert_eq!(attempt, attempts);
        *kept.lock().unwrap() = Some(outcome.clone());
        Ok(())
    });
    workflow.expect_hand_over().once().return_const(answer);
    let courier = Courier { deliveries: Arc::new(deliveries), workflow: Arc::new(workflow), clock };
    assert!(courier.deliver().await.unwrap().is_some());
    settled.lock().unwrap().take().unwrap()
}

#[tokio::test]
async fn what_the_workflow_takes_is_delivered() {
    assert_eq!(outcome(1, 1, Ok(())).await, Settled::Delivered(minutes(1)));
}

#[tokio::test]
async fn what_it_refuses_is_offered_again_ever_later_for_24_hours() {
    let no = || Err(Refused("503".to_owned()));
    assert_eq!(outcome(0, 1, no()).await, Settled::Again(minutes(0) + TimeDelta::seconds(5), "503".to_owned()));
    assert_eq!(outcome(23 * 60, 30, no()).await, Settled::Again(minutes(24 * 60), "503".to_owned()));
    assert_eq!(outcome(23 * 60 + 1, 31, no()).await, Settled::GivenUp("503".to_owned()));
}

#[test]
fn waits_double_up_to_an_hour() {
    assert_eq!([1, 2, 3, 10, 11, 40, u32::MAX].map(|attempts| wait(attempts).num_seconds()), [5, 10, 20, 2560, 3600, 3600, 3600]);
}

#[tokio::test]
async fn nothing_is_sent_when_nothing_is_due() {
    let (mut deliveries, mut workflow) = (MockDeliveries::new(), MockWorkflow::new());
    deliveries.expect_claim().returning(|_, _| Ok(None));
    workflow.expect_hand_over().never();
    let clock = Arc::new(FixedClock::default());
    let courier = Courier { deliveries: Arc::new(deliveries), workflow: Arc::new(workflow), clock };
    assert_eq!(courier.deliver().await.unwrap(), None);
}

fn said(content: &str, is_internal: bool) -> CommentView {
    let author = UserBrief { role: Role::Agent, ..a_row(&a_ticket(Status::Closed)).requester };
    CommentView {
        id: CommentId(Uuid::from_u128(7)),
        serial: 1,
        author,
        content: content.to_owned(),
        is_internal,
        mentions: Vec::new(),
        attachments: Vec::new(),
        created_at: minutes(0),
        updated_at: minutes(0),
        revision: 1,
    }
}

#[test]
fn the_workflow_hears_of_the_ticket_and_of_nothing_that_stays_among_staff() {
    let organization = Organization {
        id: ORGANIZATION,
        slug: "acme-corp".to_owned(),
        name: "ACME".to_owned(),
        domain: None,
        time_zone: "UTC".to_owned(),
        settings: OrganizationSettings::default(),
        revision: 1,
    };
    let mut row = a_row(&a_ticket(Status::Closed));
    row.admin_notes = Some("secret notes".to_owned());
    let view = TicketView { row, comments: vec![said("for all", false), said("secret words", true)], attachments: Vec::new() };
    let by = an_agent();
    let told = serde_json::to_value(Handover::new(&organization, &view, &by, minutes(1))).unwrap();
    assert_eq!(told["type"], "ticket.finalized");
    assert_eq!(told["ticket_number"], "TX0001");
    assert_eq!(told["organization"], "acme-corp");
    assert_eq!(told["ticket"]["status"], "closed");
    assert_eq!(told["requester"]["email"], "customer@example.com");
    assert_eq!(told["requester"]["company_id"], "MA0000");
    assert_eq!(told["assignee"], Value::Null);
    assert_eq!(told["comments"].as_array().unwrap().len(), 1);
    assert!(!told.to_string().contains("secret"), "{told}");
}
