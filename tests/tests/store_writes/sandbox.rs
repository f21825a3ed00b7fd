//! Sandboxes, and the replicas that serve them.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::TimeDelta;
use helpdesk_domain::identity::Organization;
use helpdesk_domain::identity::port::OrganizationRepository;
use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::sandbox::port::OrganizationTimes;
use helpdesk_domain::work::Write;
use helpdesk_persistence::{Options, Store};
use helpdesk_tests::office::{Office, RandomIds};
use helpdesk_tests::{Stage, clock, on_both_backends};

/// Two processes on one database.
struct Replicas {
    one: Store,
    other: Store,
}

#[async_trait(?Send)]
impl Stage for Replicas {
    async fn set(url: String, one: Store) -> Self {
        let options = Options { url, connections: 2 };
        let other = Store::open(&options, clock(), Arc::new(RandomIds)).await.unwrap();
        Self { one, other }
    }
}

async fn ahead_by(office: &Office, minutes: i64) -> Result<(), StoreError> {
    let organization = office.store.get(office.organization).await.unwrap().unwrap();
    let ahead = Some(TimeDelta::minutes(minutes));
    office.commit([Write::SaveOrganization(Organization { ahead, ..organization })]).await
}

on_both_backends! {
    async fn what_one_replica_moves_another_sees_at_once(replicas: Replicas) {
        let Replicas { one, other } = replicas;
        let (office, real) = (Office::open(&one, "acme").await, Office::open(&one, "tech").await);
        ahead_by(&office, 0).await.unwrap();
        assert!(other.moved().await.unwrap().is_empty());
        for minutes in [60, 61] {
            ahead_by(&office, minutes).await.unwrap();
            for store in [&one, &other] {
                assert_eq!(store.ahead(office.organization).await.unwrap(), TimeDelta::minutes(minutes));
                assert_eq!(store.ahead(real.organization).await.unwrap(), TimeDelta::zero());
            }
        }
        assert_eq!(other.moved().await.unwrap(), [(office.organization, TimeDelta::minutes(61))]);
    }

    async fn a_replica_that_is_told_of_a_sandbox_knows_its_time_before_it_looks(replicas: Replicas) {
        let Replicas { one, other } = replicas;
        let (office, mut outgoing) = (Office::open(&one, "acme").await, one.letters().outgoing());
        ahead_by(&office, 60).await.unwrap();
        assert_eq!(other.ahead(office.organization).await.unwrap(), TimeDelta::zero());
        for letter in outgoing.next().await {
            other.letters().open(&letter);
        }
        assert_eq!(other.ahead(office.organization).await.unwrap(), TimeDelta::minutes(60));
    }

    async fn of_two_who_move_one_clock_from_the_same_time_one_is_too_late(store: Store) {
        let office = Office::open(&store, "acme").await;
        ahead_by(&office, 0).await.unwrap();
        let organization = store.get(office.organization).await.unwrap().unwrap();
        let to = |minutes| Write::SaveOrganization(Organization { ahead: Some(TimeDelta::minutes(minutes)), ..organization.clone() });
        office.commit([to(5)]).await.unwrap();
        assert!(matches!(office.commit([to(7)]).await, Err(StoreError::Stale)));
        assert_eq!(store.ahead(office.organization).await.unwrap(), TimeDelta::minutes(5));
    }
}
