//! The queue of tickets for external workflows.

use helpdesk_domain::kernel::id::DeliveryId;
use helpdesk_domain::testing::minutes;
use helpdesk_domain::work::Write;
use helpdesk_domain::workflow::port::{Deliveries, Settled};
use helpdesk_domain::workflow::{Delivery, DeliveryEntry};
use helpdesk_persistence::Store;
use helpdesk_tests::office::{Office, id};
use helpdesk_tests::on_both_backends;

/// A delivery of a ticket that was finalized at that minute, in the store.
async fn queued(office: &Office, minute: i64) -> Delivery {
    let ticket = office.ticket().await.id;
    let body = format!("{{\"minute\": {minute}}}");
    let delivery =
        Delivery { id: DeliveryId(id()), organization: office.organization, ticket, body, created_at: minutes(minute) };
    office.commit([Write::AddDelivery(Box::new(delivery.clone()))]).await.unwrap();
    delivery
}

async fn claimed(store: &Store, minute: i64) -> Option<DeliveryEntry> {
    Deliveries::claim(store, minutes(minute), minutes(minute + 1)).await.unwrap()
}

async fn settled(store: &Store, entry: &DeliveryEntry, outcome: Settled) {
    Deliveries::settle(store, entry.delivery.id, entry.attempts, &outcome).await.unwrap();
}

on_both_backends! {
    async fn what_is_due_longest_is_claimed_first_and_by_one_only(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (late, early) = (queued(&office, 2).await, queued(&office, 1).await);
        assert_eq!(claimed(&store, 0).await, None);
        assert_eq!(claimed(&store, 3).await, Some(DeliveryEntry { delivery: early, attempts: 1 }));
        assert_eq!(claimed(&store, 3).await, Some(DeliveryEntry { delivery: late, attempts: 1 }));
        assert_eq!(claimed(&store, 3).await, None);
    }

    async fn what_nobody_settles_is_claimed_again_when_the_lease_ends(store: Store) {
        let office = Office::open(&store, "acme").await;
        let delivery = queued(&office, 0).await;
        let lost = claimed(&store, 0).await.unwrap();
        assert_eq!(claimed(&store, 1).await, Some(DeliveryEntry { delivery, attempts: 2 }));
        settled(&store, &lost, Settled::Delivered(minutes(1))).await;
        assert!(claimed(&store, 2).await.is_some(), "who lost the lease settles nothing");
    }

    async fn what_was_delivered_or_given_up_is_claimed_no_more(store: Store) {
        let office = Office::open(&store, "acme").await;
        for outcome in [Settled::Delivered(minutes(0)), Settled::GivenUp("no".to_owned())] {
            queued(&office, 0).await;
            settled(&store, &claimed(&store, 0).await.unwrap(), outcome).await;
            assert_eq!(claimed(&store, 1_000).await, None);
        }
    }

    async fn what_was_refused_is_claimed_at_its_time(store: Store) {
        let office = Office::open(&store, "acme").await;
        queued(&office, 0).await;
        settled(&store, &claimed(&store, 0).await.unwrap(), Settled::Again(minutes(7), "503".to_owned())).await;
        assert_eq!(claimed(&store, 6).await, None);
        assert_eq!(claimed(&store, 7).await.unwrap().attempts, 2);
    }

    async fn a_delivery_goes_after_30_days(store: Store) {
        let office = Office::open(&store, "acme").await;
        queued(&office, 0).await;
        assert_eq!(store.sweep(minutes(30 * 24 * 60 - 1)).await.unwrap().deliveries, 0);
        assert_eq!(store.sweep(minutes(30 * 24 * 60)).await.unwrap().deliveries, 1);
    }
}
