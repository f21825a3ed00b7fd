//! The queue of messages for other programs.

use helpdesk_domain::delivery::port::Deliveries;
use helpdesk_domain::delivery::{Answer, Delivery, DeliveryEntry, DeliveryState, Due, Recipient, Refused, Settled};
use helpdesk_domain::kernel::id::{DeliveryId, WebhookId};
use helpdesk_domain::kernel::text::Label;
use helpdesk_domain::testing::minutes;
use helpdesk_domain::webhook::port::WebhookRepository;
use helpdesk_domain::webhook::{EventFilter, Webhook, WebhookChange, WebhookState};
use helpdesk_domain::work::Write;
use helpdesk_persistence::Store;
use helpdesk_tests::office::{Office, id};
use helpdesk_tests::on_both_backends;
use uuid::Uuid;

/// A message to that recipient about that thing, of that minute, in the store.
async fn queued_for(office: &Office, recipient: Recipient, subject: Uuid, minute: i64) -> Delivery {
    let delivery = Delivery {
        id: DeliveryId(id()),
        organization: office.organization,
        recipient,
        subject,
        kind: "ticket.finalized".to_owned(),
        event: None,
        body: format!("{{\"minute\": {minute}}}"),
        created_at: minutes(minute),
    };
    office.commit([Write::AddDelivery(Box::new(delivery.clone()))]).await.unwrap();
    delivery
}

/// A ticket that was finalized at that minute.
async fn queued(office: &Office, minute: i64) -> Delivery {
    queued_for(office, Recipient::Workflow(office.organization), id(), minute).await
}

/// A webhook that is told nothing by itself.
async fn webhook(office: &Office) -> Recipient {
    let webhook = WebhookId(id());
    let state = WebhookState {
        id: webhook,
        organization: office.organization,
        name: Label::trusted("Hook".to_owned()),
        url: "https://example.com/".to_owned(),
        events: vec![EventFilter::trusted("nothing.*".to_owned())],
        is_active: true,
        secret: "whsec_c2VjcmV0".to_owned(),
        disabled_reason: None,
        created_at: minutes(0),
        updated_at: minutes(0),
        revision: 1,
    };
    office.commit([Write::AddWebhook(Box::new(Webhook::new(state)))]).await.unwrap();
    Recipient::Webhook(webhook)
}

async fn claimed_for(store: &Store, recipient: Recipient, minute: i64) -> Option<DeliveryEntry> {
    Deliveries::claim(store, recipient, minutes(minute), minutes(minute + 1)).await.unwrap()
}

async fn claimed(office: &Office, store: &Store, minute: i64) -> Option<DeliveryEntry> {
    claimed_for(store, Recipient::Workflow(office.organization), minute).await
}

async fn settled(store: &Store, entry: &DeliveryEntry, outcome: Settled, minute: i64) {
    Deliveries::settle(store, entry, &outcome, minutes(minute)).await.unwrap();
}

fn no() -> Refused {
    Refused { reason: "503".to_owned(), answer: Some(Answer { status: 503, body: "busy".to_owned() }) }
}

on_both_backends! {
    async fn what_is_due_longest_is_claimed_first_and_by_one_only(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (late, early) = (queued(&office, 2).await, queued(&office, 1).await);
        assert_eq!(claimed(&office, &store, 0).await, None);
        let due = Due { recipient: Recipient::Workflow(office.organization), is_failing: false };
        assert_eq!(store.due(minutes(3)).await.unwrap(), [due]);
        for expected in [early, late] {
            let entry = claimed(&office, &store, 3).await.unwrap();
            assert_eq!((entry.delivery, entry.attempts), (expected, 1));
        }
        assert_eq!(claimed(&office, &store, 3).await, None);
        assert!(store.due(minutes(3)).await.unwrap().is_empty());
    }

    async fn what_nobody_settles_is_claimed_again_when_the_lease_ends(store: Store) {
        let office = Office::open(&store, "acme").await;
        queued(&office, 0).await;
        let lost = claimed(&office, &store, 0).await.unwrap();
        assert_eq!(claimed(&office, &store, 1).await.unwrap().attempts, 2);
        settled(&store, &lost, Settled::Delivered(200), 1).await;
        assert!(claimed(&office, &store, 2).await.is_some(), "who lost the lease settles nothing");
    }

    async fn what_was_delivered_or_given_up_is_claimed_no_more(store: Store) {
        let office = Office::open(&store, "acme").await;
        for outcome in [Settled::Delivered(200), Settled::GivenUp(no())] {
            queued(&office, 0).await;
            settled(&store, &claimed(&office, &store, 0).await.unwrap(), outcome, 0).await;
            assert_eq!(claimed(&office, &store, 1_000).await, None);
        }
    }

    async fn what_was_refused_is_claimed_at_its_time(store: Store) {
        let office = Office::open(&store, "acme").await;
        queued(&office, 0).await;
        settled(&store, &claimed(&office, &store, 0).await.unwrap(), Settled::Again(minutes(7), no()), 0).await;
        assert_eq!(claimed(&office, &store, 6).await, None);
        assert_eq!(claimed(&office, &store, 7).await.unwrap().attempts, 2);
        let shown = Deliveries::newest(&store, true, 1).await.unwrap();
        assert_eq!((shown[0].status, shown[0].answer.as_deref()), (Some(503), Some("busy")));
        assert_eq!(store.depth().await.unwrap(), 1);
    }

    async fn about_one_thing_a_later_message_waits_for_the_earlier_one(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (hook, other, ticket) = (webhook(&office).await, webhook(&office).await, id());
        let first = queued_for(&office, hook, ticket, 1).await;
        let second = queued_for(&office, hook, ticket, 2).await;
        let third = queued_for(&office, hook, ticket, 3).await;
        let elsewhere = queued_for(&office, hook, id(), 4).await;
        let others = queued_for(&office, other, ticket, 5).await;
        let entry = claimed_for(&store, hook, 9).await.unwrap();
        assert_eq!(entry.delivery, first);
        assert_eq!(claimed_for(&store, hook, 9).await.unwrap().delivery, elsewhere);
        assert_eq!(claimed_for(&store, hook, 9).await, None);
        assert_eq!(claimed_for(&store, other, 9).await.unwrap().delivery, others);
        settled(&store, &entry, Settled::Again(minutes(20), no()), 9).await;
        let again = claimed_for(&store, hook, 19).await.unwrap();
        assert_eq!(again.delivery, elsewhere, "its lease has ended");
        settled(&store, &again, Settled::Delivered(200), 19).await;
        let entry = claimed_for(&store, hook, 20).await.unwrap();
        settled(&store, &entry, Settled::GivenUp(no()), 20).await;
        let entry = claimed_for(&store, hook, 20).await.unwrap();
        assert_eq!(entry.delivery, second);
        settled(&store, &entry, Settled::Delivered(204), 20).await;
        assert_eq!(claimed_for(&store, hook, 20).await.unwrap().delivery, third);
    }

    async fn what_was_given_up_is_sent_again_in_its_order(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (hook, ticket) = (webhook(&office).await, id());
        let (first, second) = (queued_for(&office, hook, ticket, 1).await, queued_for(&office, hook, ticket, 2).await);
        for _ in 0..2 {
            settled(&store, &claimed_for(&store, hook, 3).await.unwrap(), Settled::GivenUp(no()), 3).await;
        }
        assert_eq!(claimed_for(&store, hook, 4).await, None);
        assert_eq!(Deliveries::retry(&store, None, minutes(5)).await.unwrap(), 2);
        let entry = claimed_for(&store, hook, 5).await.unwrap();
        assert_eq!((&entry.delivery, entry.attempts, entry.until), (&first, 1, minutes(5) + Delivery::PATIENCE));
        assert_eq!(claimed_for(&store, hook, 5).await, None);
        settled(&store, &entry, Settled::Delivered(200), 5).await;
        assert_eq!(claimed_for(&store, hook, 5).await.unwrap().delivery, second);
    }

    async fn what_is_told_again_keeps_later_messages_about_its_thing_waiting(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (hook, ticket) = (webhook(&office).await, id());
        let first = queued_for(&office, hook, ticket, 1).await;
        settled(&store, &claimed_for(&store, hook, 1).await.unwrap(), Settled::Delivered(200), 1).await;
        let second = queued_for(&office, hook, ticket, 2).await;
        assert_eq!(Deliveries::retry(&store, Some(first.id), minutes(3)).await.unwrap(), 1);
        let again = claimed_for(&store, hook, 3).await.unwrap();
        assert_eq!(again.delivery, first);
        assert_eq!(claimed_for(&store, hook, 3).await, None);
        settled(&store, &again, Settled::Delivered(200), 3).await;
        assert_eq!(claimed_for(&store, hook, 3).await.unwrap().delivery, second);
    }

    async fn what_was_taken_up_again_comes_before_a_later_message_that_is_refused(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (hook, ticket) = (webhook(&office).await, id());
        let first = queued_for(&office, hook, ticket, 1).await;
        settled(&store, &claimed_for(&store, hook, 1).await.unwrap(), Settled::Delivered(200), 1).await;
        queued_for(&office, hook, ticket, 2).await;
        let second = claimed_for(&store, hook, 2).await.unwrap();
        Deliveries::retry(&store, Some(first.id), minutes(2)).await.unwrap();
        settled(&store, &second, Settled::Again(minutes(2), no()), 2).await;
        assert_eq!(claimed_for(&store, hook, 2).await.unwrap().delivery, first);
        assert_eq!(claimed_for(&store, hook, 2).await, None);
    }

    async fn what_is_on_its_way_is_not_sent_a_second_time_meanwhile(store: Store) {
        let office = Office::open(&store, "acme").await;
        let hook = webhook(&office).await;
        let delivery = queued_for(&office, hook, id(), 1).await;
        let entry = claimed_for(&store, hook, 1).await.unwrap();
        assert_eq!(Deliveries::retry(&store, Some(delivery.id), minutes(1)).await.unwrap(), 0);
        assert_eq!(claimed_for(&store, hook, 1).await, None);
        settled(&store, &entry, Settled::Delivered(200), 1).await;
        assert_eq!(Deliveries::retry(&store, Some(delivery.id), minutes(1)).await.unwrap(), 1);
    }

    async fn what_waits_behind_a_message_that_was_swept_away_is_sent(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (hook, ticket) = (webhook(&office).await, id());
        queued_for(&office, hook, ticket, 0).await;
        let second = queued_for(&office, hook, ticket, 10).await;
        let month = 30 * 24 * 60;
        assert_eq!(store.sweep(minutes(month)).await.unwrap().deliveries, 1);
        assert_eq!(claimed_for(&store, hook, month).await.unwrap().delivery, second);
    }

    async fn what_a_webhook_that_is_gone_was_to_be_told_waits_no_longer(store: Store) {
        let office = Office::open(&store, "acme").await;
        let hook = webhook(&office).await;
        let Recipient::Webhook(webhook) = hook else { panic!() };
        queued_for(&office, hook, id(), 0).await;
        office.commit([Write::DeleteWebhook(webhook, 1)]).await.unwrap();
        assert_eq!(store.depth().await.unwrap(), 0);
        assert_eq!(Deliveries::retry(&store, None, minutes(1)).await.unwrap(), 0, "there is nobody to send it to");
    }

    async fn whoever_fails_is_due_behind_the_others(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (fails, takes) = (webhook(&office).await, webhook(&office).await);
        for hook in [fails, fails, takes] {
            queued_for(&office, hook, id(), 0).await;
        }
        settled(&store, &claimed_for(&store, fails, 0).await.unwrap(), Settled::GivenUp(no()), 0).await;
        let due = store.due(minutes(1)).await.unwrap();
        let due: Vec<_> = due.into_iter().map(|due| (due.recipient, due.is_failing)).collect();
        assert_eq!(due, [(takes, false), (fails, true)]);
    }

    async fn a_webhook_knows_since_when_it_fails_until_it_takes_something_or_is_told_again(store: Store) {
        let office = Office::open(&store, "acme").await;
        let hook = webhook(&office).await;
        let Recipient::Webhook(webhook) = hook else { panic!() };
        for _ in 0..4 {
            queued_for(&office, hook, id(), 0).await;
        }
        let failing_since = async |minute, outcome| {
            let entry = claimed_for(&store, hook, minute).await.unwrap();
            settled(&store, &entry, outcome, minute).await;
            entry.failing_since
        };
        assert_eq!(failing_since(1, Settled::GivenUp(no())).await, None);
        assert_eq!(failing_since(2, Settled::GivenUp(no())).await, Some(minutes(1)));
        assert_eq!(failing_since(3, Settled::Delivered(200)).await, Some(minutes(1)));
        assert_eq!(claimed_for(&store, hook, 4).await.unwrap().failing_since, None);
        let mut paused = WebhookRepository::find(&store, office.organization, &webhook.into()).await.unwrap().unwrap();
        paused.change(WebhookChange { is_active: Some(false), ..WebhookChange::default() }, minutes(5));
        office.commit([Write::SaveWebhook(Box::new(paused))]).await.unwrap();
        assert!(store.due(minutes(9)).await.unwrap().is_empty(), "nothing is sent while it is paused");
        assert_eq!(claimed_for(&store, hook, 9).await, None);
    }

    async fn the_log_of_messages_is_filtered_by_what_became_of_them(store: Store) {
        let office = Office::open(&store, "acme").await;
        let hook = webhook(&office).await;
        let Recipient::Webhook(webhook) = hook else { panic!() };
        for outcome in [Settled::Delivered(200), Settled::GivenUp(no()), Settled::Again(minutes(9), no())] {
            queued_for(&office, hook, id(), 0).await;
            settled(&store, &claimed_for(&store, hook, 1).await.unwrap(), outcome, 1).await;
        }
        for state in DeliveryState::ALL {
            let page = helpdesk_domain::kernel::PageRequest::number(1, 10);
            let page = Deliveries::page(&store, office.organization, webhook, Some(state), &page).await.unwrap();
            assert_eq!((page.total, page.items[0].state), (Some(1), state));
        }
    }

    async fn a_delivery_goes_after_30_days(store: Store) {
        let office = Office::open(&store, "acme").await;
        queued(&office, 0).await;
        assert_eq!(store.sweep(minutes(30 * 24 * 60 - 1)).await.unwrap().deliveries, 0);
        assert_eq!(store.sweep(minutes(30 * 24 * 60)).await.unwrap().deliveries, 1);
    }
}
