//! The outbox: what waits, what is claimed, what is given up and tried again.

use helpdesk_domain::kernel::id::MailId;
use helpdesk_domain::mail::port::{Outbox, Settled};
use helpdesk_domain::mail::{Mail, Mailbox, Message, OutboxEntry, OutboxState};
use helpdesk_domain::testing::minutes;
use helpdesk_domain::work::Write;
use helpdesk_persistence::Store;
use helpdesk_tests::office::{Office, id};
use helpdesk_tests::on_both_backends;

/// A mail that was written at that minute, in the store.
pub async fn written(office: &Office, minute: i64) -> MailId {
    let mail = Mail {
        id: MailId(id()),
        organization: office.organization,
        to: Mailbox::from(&office.customer),
        user: None,
        message: Message::AccountApproved,
        created_at: minutes(minute),
        expires_at: None,
    };
    let id = mail.id;
    office.commit([Write::AddMail(Box::new(mail))]).await.unwrap();
    id
}

async fn claimed(store: &Store, minute: i64) -> Option<OutboxEntry> {
    Outbox::claim(store, minutes(minute), minutes(minute + 1)).await.unwrap()
}

async fn settled(store: &Store, entry: &OutboxEntry, outcome: Settled) {
    Outbox::settle(store, entry.mail.id, entry.attempts, &outcome).await.unwrap();
}

/// A mail that was given up, in the store.
async fn given_up(store: &Store, office: &Office) -> MailId {
    let mail = written(office, 0).await;
    settled(store, &claimed(store, 0).await.unwrap(), Settled::GivenUp("no such person".to_owned())).await;
    mail
}

on_both_backends! {
    async fn what_is_due_longest_is_claimed_first_and_by_one_only(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (late, early) = (written(&office, 2).await, written(&office, 1).await);
        assert_eq!(claimed(&store, 0).await, None);
        let first = claimed(&store, 3).await.unwrap();
        assert_eq!((first.mail.id, first.attempts), (early, 1));
        assert_eq!(claimed(&store, 3).await.unwrap().mail.id, late);
        assert_eq!(claimed(&store, 3).await, None);
        assert_eq!(claimed(&store, 4).await.unwrap().attempts, 2, "the lease has ended");
    }

    async fn what_was_given_up_is_tried_again_from_the_beginning(store: Store) {
        let office = Office::open(&store, "acme").await;
        let mail = given_up(&store, &office).await;
        assert_eq!(claimed(&store, 1_000).await, None);
        assert_eq!(store.retry(Some(mail), minutes(7)).await.unwrap(), 1);
        assert_eq!(claimed(&store, 6).await, None);
        let again = claimed(&store, 7).await.unwrap();
        assert_eq!((again.mail.id, again.attempts), (mail, 1));
    }

    async fn one_mail_or_all_that_were_given_up_are_tried_again_and_no_others(store: Store) {
        let office = Office::open(&store, "acme").await;
        let (one, _) = (given_up(&store, &office).await, given_up(&store, &office).await);
        written(&office, 0).await;
        settled(&store, &claimed(&store, 0).await.unwrap(), Settled::Sent(minutes(1))).await;
        let waiting = written(&office, 0).await;
        assert_eq!(store.retry(Some(waiting), minutes(7)).await.unwrap(), 0);
        assert_eq!(store.retry(Some(MailId(id())), minutes(7)).await.unwrap(), 0);
        assert_eq!(store.retry(Some(one), minutes(7)).await.unwrap(), 1);
        assert_eq!(store.retry(None, minutes(8)).await.unwrap(), 1);
        let states = store.newest(false, 10).await.unwrap();
        assert_eq!(states.iter().filter(|entry| matches!(entry.state, OutboxState::Sent(_))).count(), 1);
        assert_eq!(store.newest(true, 10).await.unwrap().len(), 3);
    }
}
