//! The rules of bringing messages, over mocked ports.

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use uuid::Uuid;

use super::courier::wait;
use super::port::{Answer, MockCarrier, MockDeliveries, Refused, Settled};
use super::{Courier, Delivery, DeliveryEntry, Destination, Recipient};
use crate::identity::port::MockOrganizationRepository;
use crate::kernel::id::{DeliveryId, WebhookId};
use crate::testing::{FixedClock, ORGANIZATION, minutes};
use crate::webhook::Pauses;
use crate::webhook::port::MockWebhookRepository;
use crate::webhook::tests::a_webhook;
use crate::work::{Changes, MockUnitOfWork, Write};
use crate::workflow::Workflows;

const WEBHOOK: Recipient = Recipient::Webhook(WebhookId(Uuid::from_u128(9)));

fn due(attempts: u32) -> DeliveryEntry {
    let delivery = Delivery {
        id: DeliveryId(Uuid::from_u128(5)),
        organization: ORGANIZATION,
        recipient: WEBHOOK,
        subject: Uuid::from_u128(6),
        kind: "ticket.created".to_owned(),
        event: None,
        body: "{}".to_owned(),
        created_at: minutes(0),
    };
    let destination = Some(Destination { url: "https://example.com/".to_owned(), secret: None, is_trusted: false });
    DeliveryEntry { delivery, attempts, until: minutes(24 * 60), destination, failing_since: None }
}

fn no() -> Refused {
    Refused { reason: "503".to_owned(), answer: None }
}

/// What bringing comes to at that minute, and what was committed besides.
async fn outcome(minute: u64, entry: DeliveryEntry, answer: Result<u16, Refused>) -> (Settled, Vec<Changes>) {
    let (clock, settled, committed) = (Arc::new(FixedClock::default()), Arc::new(Mutex::new(None)), Arc::new(Mutex::default()));
    clock.set(minute);
    let (mut deliveries, mut carrier) = (MockDeliveries::new(), MockCarrier::new());
    deliveries.expect_claim().returning(move |_, _, _| Ok(Some(entry.clone())));
    let kept = settled.clone();
    deliveries.expect_settle().once().returning(move |_, outcome, _| {
        *kept.lock().unwrap() = Some(outcome.clone());
        Ok(())
    });
    carrier.expect_carry().once().return_const(answer);
    let (mut webhooks, mut work) = (MockWebhookRepository::new(), MockUnitOfWork::new());
    webhooks.expect_find().returning(|_, _| Ok(Some(a_webhook())));
    let kept: Arc<Mutex<Vec<Changes>>> = Arc::clone(&committed);
    work.expect_commit().returning(move |changes| {
        kept.lock().unwrap().push(changes);
        Ok(())
    });
    let courier = Courier {
        deliveries: Arc::new(deliveries),
        carrier: Arc::new(carrier),
        organizations: Arc::new(MockOrganizationRepository::new()),
        workflows: Workflows::default(),
        pauses: Pauses { webhooks: Arc::new(webhooks), work: Arc::new(work) },
        clock,
    };
    assert!(courier.deliver(WEBHOOK).await.unwrap().is_some());
    let committed = committed.lock().unwrap().clone();
    (settled.lock().unwrap().take().unwrap(), committed)
}

#[tokio::test]
async fn what_is_taken_is_delivered() {
    assert_eq!(outcome(1, due(1), Ok(204)).await.0, Settled::Delivered(204));
}

#[tokio::test]
async fn what_is_refused_is_offered_again_ever_later_for_24_hours() {
    let again = |minute: i64, attempts| Settled::Again(minutes(minute) + wait(DeliveryId(Uuid::from_u128(5)), attempts), no());
    assert_eq!(outcome(0, due(1), Err(no())).await.0, again(0, 1));
    assert_eq!(outcome(22 * 60, due(30), Err(no())).await.0, again(22 * 60, 30));
    assert_eq!(outcome(24 * 60, due(31), Err(no())).await.0, Settled::GivenUp(no()));
}

#[test]
fn waits_double_up_to_an_hour_each_a_quarter_more_or_less() {
    for (attempts, seconds) in [(1, 5), (2, 10), (3, 20), (10, 2560), (11, 3600), (40, 3600), (u32::MAX, 3600)] {
        for id in [1, 99, 12_345, u128::MAX] {
            let waited = wait(DeliveryId(Uuid::from_u128(id)), attempts);
            let (least, most) = (TimeDelta::seconds(seconds) * 3 / 4, TimeDelta::seconds(seconds) * 5 / 4);
            assert!(least <= waited && waited <= most, "{attempts}: {waited}");
        }
    }
    let ids = (0..20).map(|n| wait(DeliveryId(Uuid::from_u128(n * 7919)), 11));
    assert!(ids.collect::<std::collections::BTreeSet<_>>().len() > 10);
}

#[tokio::test]
async fn a_webhook_that_takes_nothing_for_24_hours_is_paused() {
    let failing = |since: i64| DeliveryEntry { failing_since: Some(minutes(since)), ..due(9) };
    assert!(outcome(24 * 60, failing(1), Err(no())).await.1.is_empty());
    let committed = outcome(24 * 60, failing(0), Err(no())).await.1;
    let [Write::SaveWebhook(paused)] = committed[0].writes.as_slice() else { panic!("{committed:?}") };
    assert!(!paused.is_active && paused.disabled_reason.is_some());
    assert_eq!(committed[0].events.len(), 1);
    assert!(outcome(24 * 60, failing(0), Ok(200)).await.1.is_empty());
}

#[tokio::test]
async fn a_webhook_that_answers_that_it_is_gone_is_paused_at_once() {
    let gone = |status| Refused { reason: String::new(), answer: Some(Answer { status, body: String::new() }) };
    assert!(outcome(1, due(1), Err(gone(404))).await.1.is_empty());
    let committed = outcome(1, due(1), Err(gone(410))).await.1;
    let [Write::SaveWebhook(paused)] = committed[0].writes.as_slice() else { panic!("{committed:?}") };
    assert_eq!((paused.is_active, paused.disabled_reason.as_deref()), (false, Some("It answered 410 Gone.")));
}

#[tokio::test]
async fn nothing_is_sent_when_nothing_is_due() {
    let (mut deliveries, mut carrier, mut work) = (MockDeliveries::new(), MockCarrier::new(), MockUnitOfWork::new());
    deliveries.expect_claim().returning(|_, _, _| Ok(None));
    carrier.expect_carry().never();
    work.expect_commit().never();
    let courier = Courier {
        deliveries: Arc::new(deliveries),
        carrier: Arc::new(carrier),
        organizations: Arc::new(MockOrganizationRepository::new()),
        workflows: Workflows::default(),
        pauses: Pauses { webhooks: Arc::new(MockWebhookRepository::new()), work: Arc::new(work) },
        clock: Arc::new(FixedClock::default()),
    };
    assert_eq!(courier.deliver(WEBHOOK).await.unwrap(), None);
}
