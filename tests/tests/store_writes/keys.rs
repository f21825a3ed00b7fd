//! Idempotency keys.

use helpdesk_domain::idempotency::{Answer, IdempotencyRepository};
use helpdesk_domain::kernel::{IdempotencyClaim, StoreError};
use helpdesk_domain::work::{Changes, Outcome, SpentKey, UnitOfWork};
use helpdesk_persistence::Store;
use helpdesk_tests::office::Office;
use helpdesk_tests::on_both_backends;

use crate::stored;

fn claim(key: &str) -> IdempotencyClaim {
    IdempotencyClaim { key: key.to_owned(), scope: "POST /tickets".to_owned(), fingerprint: "body".to_owned().into() }
}

fn opening(office: &Office, key: &str) -> (Changes, Outcome) {
    let state = office.draft();
    let outcome = Outcome { kind: "ticket", id: state.id.0, parent: None, created: true };
    let spent = SpentKey { user: office.customer.id, claim: claim(key), outcome: Some(outcome) };
    (Changes { key: Some(spent), ..office.opening(state) }, outcome)
}

fn answer(text: &str) -> Answer {
    Answer { status: 201, content_type: "application/json".to_owned(), body: text.as_bytes().to_vec() }
}

on_both_backends! {
    async fn of_two_commits_with_one_key_one_is_written(store: Store) {
        let office = Office::open(&store, "acme").await;
        let ((one, first), (two, second)) = (opening(&office, "k"), opening(&office, "k"));
        let done = <[_; 2]>::from(futures_util::future::join(store.commit(one), store.commit(two)).await);
        assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1);
        assert_eq!(done.iter().filter(|done| matches!(done, Err(StoreError::KeySpent))).count(), 1);
        let tickets = [first.id, second.id].map(helpdesk_domain::kernel::id::TicketId);
        assert!(stored(&office, tickets[0]).await.is_some() != stored(&office, tickets[1]).await.is_some());
    }

    async fn a_spent_key_tells_what_it_bought(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (changes, outcome) = opening(&office, "k");
        store.commit(changes).await.unwrap();
        let found = IdempotencyRepository::find(&store, office.customer.id, &claim("k")).await.unwrap().unwrap();
        assert_eq!(found.outcome, Some(("ticket".to_owned(), outcome.id, None, true)));
        assert_eq!((found.fingerprint.as_str(), found.answer), ("body", None));
    }

    async fn a_key_of_a_commit_that_failed_is_not_spent(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (changes, _) = opening(&office, "k");
        let write = helpdesk_domain::work::Write::DeleteTag(helpdesk_domain::kernel::id::TagId(helpdesk_tests::office::id()));
        assert!(store.commit(changes.with(write, [])).await.is_err());
        assert_eq!(IdempotencyRepository::find(&store, office.customer.id, &claim("k")).await.unwrap(), None);
    }

    async fn the_first_answer_stays(store: Store) {
        let office = Office::open(&store, "acme").await;
        store.commit(opening(&office, "k").0).await.unwrap();
        store.settle(office.customer.id, &claim("k"), &answer("one")).await.unwrap();
        store.settle(office.customer.id, &claim("k"), &answer("two")).await.unwrap();
        let found = IdempotencyRepository::find(&store, office.customer.id, &claim("k")).await.unwrap().unwrap();
        assert_eq!(found.answer, Some(answer("one")));
        assert!(found.outcome.is_some());
    }

    async fn an_answer_without_a_commit_spends_the_key(store: Store) {
        let office = Office::open(&store, "acme").await;
        store.settle(office.customer.id, &claim("k"), &answer("nothing to do")).await.unwrap();
        let spent = store.commit(opening(&office, "k").0).await;
        assert!(matches!(spent, Err(StoreError::KeySpent)), "{spent:?}");
    }

    async fn a_key_is_somebodys_own(store: Store) {
        let office = Office::open(&store, "acme").await;
        store.commit(opening(&office, "k").0).await.unwrap();
        assert_eq!(IdempotencyRepository::find(&store, office.agent.id, &claim("k")).await.unwrap(), None);
    }

    async fn an_old_key_is_as_if_it_had_never_been_used(store: Store) {
        let office = Office::open(&store, "acme").await;
        store.commit(opening(&office, "k").0).await.unwrap();
        store.settle(office.customer.id, &claim("k"), &answer("one")).await.unwrap();
        helpdesk_tests::clock().set(24 * 60);
        assert_eq!(IdempotencyRepository::find(&store, office.customer.id, &claim("k")).await.unwrap(), None);
        let (again, outcome) = opening(&office, "k");
        store.commit(again).await.unwrap();
        let found = IdempotencyRepository::find(&store, office.customer.id, &claim("k")).await.unwrap().unwrap();
        assert_eq!(found.outcome.map(|(_, id, ..)| id), Some(outcome.id));
        assert_eq!(found.answer, None);
    }
}
