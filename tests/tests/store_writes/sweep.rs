//! What has had its time goes.

use helpdesk_domain::audit::{AuditAction, AuditEntry};
use helpdesk_domain::idempotency::{Answer, IdempotencyRepository};
use helpdesk_domain::identity::{PasswordReset, SecretDigest};
use helpdesk_domain::kernel::IdempotencyClaim;
use helpdesk_domain::kernel::id::{EventId, NotificationId, ResetId};
use helpdesk_domain::mail::port::Outbox;
use helpdesk_domain::notification::port::NotificationRepository;
use helpdesk_domain::notification::{Notification, NotificationKind};
use helpdesk_domain::testing::minutes;
use helpdesk_domain::ticket::Priority;
use helpdesk_domain::work::{UnitOfWork, Write};
use helpdesk_persistence::{Store, Swept};
use helpdesk_tests::office::{Office, id};
use helpdesk_tests::on_both_backends;

const DAY: i64 = 24 * 60;

on_both_backends! {
    async fn an_idempotency_key_goes_after_24_hours(store: Store) {
        let office = Office::open(&store, "acme").await;
        let claim = IdempotencyClaim { key: "k".to_owned(), scope: "POST /".to_owned(), fingerprint: "body".to_owned().into() };
        let answer = Answer { status: 200, content_type: "text/plain".to_owned(), body: Vec::new() };
        IdempotencyRepository::settle(&store, office.customer.id, &claim, &answer).await.unwrap();
        assert_eq!(store.sweep(minutes(DAY - 1)).await.unwrap().idempotency_keys, 0);
        assert_eq!(store.sweep(minutes(DAY)).await.unwrap().idempotency_keys, 1);
    }

    async fn a_login_goes_30_days_after_its_end(store: Store) {
        let office = Office::open(&store, "acme").await;
        office.login(&office.customer).await;
        assert_eq!(store.sweep(minutes(37 * DAY - 1)).await.unwrap(), Swept::default());
        assert_eq!(store.sweep(minutes(37 * DAY)).await.unwrap().sessions, 1);
    }

    async fn the_history_of_a_deleted_ticket_goes_after_30_days(store: Store) {
        let office = Office::open(&store, "acme").await;
        let kept = office.ticket().await;
        let gone = office.ticket().await;
        office.commit([Write::DeleteTicket(gone.id, 1, minutes(0))]).await.unwrap();
        assert_eq!(store.sweep(minutes(30 * DAY - 1)).await.unwrap().history, 0);
        assert_eq!(store.sweep(minutes(30 * DAY)).await.unwrap().history, 1);
        assert!(crate::stored(&office, kept.id).await.is_some());
    }

    async fn the_history_of_a_ticket_deleted_in_a_sandbox_goes_after_30_days_of_real_time(store: Store) {
        let office = Office::open(&store, "acme").await;
        let gone = office.ticket().await;
        office.commit([Write::DeleteTicket(gone.id, 1, minutes(365 * DAY))]).await.unwrap();
        assert_eq!(store.sweep(minutes(30 * DAY - 1)).await.unwrap().history, 0);
        assert_eq!(store.sweep(minutes(30 * DAY)).await.unwrap().history, 1);
    }

    async fn a_notification_goes_90_days_after_it_was_read_and_never_unread(store: Store) {
        let office = Office::open(&store, "acme").await;
        let both = [NotificationId(id()), NotificationId(id())];
        for notification in both {
            let notification = Notification {
                id: notification,
                event: EventId(id()),
                user: office.agent.id,
                kind: NotificationKind::Reply,
                priority: Priority::Medium,
                title: "New reply".to_owned(),
                message: String::new(),
                ticket: None,
                work_order: None,
                is_internal: false,
                created_at: minutes(0),
            };
            office.commit([Write::AddNotification(Box::new(notification))]).await.unwrap();
        }
        office.commit([Write::ReadNotifications(office.agent.id, vec![both[0]], minutes(DAY))]).await.unwrap();
        assert_eq!(store.sweep(minutes(91 * DAY - 1)).await.unwrap().notifications, 0);
        assert_eq!(store.sweep(minutes(91 * DAY)).await.unwrap().notifications, 1);
        assert_eq!(store.unread_count(&office.acting_agent()).await.unwrap(), 1);
    }

    async fn a_mail_goes_after_30_days_sent_or_not(store: Store) {
        let office = Office::open(&store, "acme").await;
        crate::mails::written(&office, 0).await;
        crate::mails::written(&office, DAY).await;
        assert_eq!(store.sweep(minutes(30 * DAY - 1)).await.unwrap().mails, 0);
        assert_eq!(store.sweep(minutes(30 * DAY)).await.unwrap().mails, 1);
        assert_eq!(store.newest(false, 10).await.unwrap().len(), 1);
    }

    async fn a_link_for_a_new_password_goes_30_days_after_its_end(store: Store) {
        let office = Office::open(&store, "acme").await;
        let reset = PasswordReset {
            id: ResetId(id()),
            user: Some(office.customer.id),
            secret: SecretDigest([7; 32]),
            created_at: minutes(0),
            expires_at: minutes(60),
            spent_at: None,
        };
        office.commit([Write::AddReset(reset)]).await.unwrap();
        assert_eq!(store.sweep(minutes(30 * DAY + 59)).await.unwrap().password_resets, 0);
        assert_eq!(store.sweep(minutes(30 * DAY + 60)).await.unwrap().password_resets, 1);
    }

    async fn the_line_that_tells_of_the_deletion_goes_with_the_others(store: Store) {
        let office = Office::open(&store, "acme").await;
        let gone = office.ticket().await;
        let told = helpdesk_domain::event::Happened::TicketDeleted { title: gone.title.to_string() };
        let event = helpdesk_domain::event::Event::of_ticket(gone.id, &office.acting_agent(), minutes(0), told);
        let delete = Write::DeleteTicket(gone.id, 1, minutes(0));
        store.commit(helpdesk_domain::work::Changes::of(office.organization).with(delete, [event])).await.unwrap();
        assert_eq!(store.sweep(minutes(30 * DAY)).await.unwrap().history, 2);
    }

    async fn a_line_of_the_audit_log_goes_after_two_years(store: Store) {
        let office = Office::open(&store, "acme").await;
        let line = AuditEntry::by(&office.acting_agent(), AuditAction::TicketsExported, None, minutes(0));
        office.commit([Write::AddAudit(Box::new(line))]).await.unwrap();
        assert_eq!(store.sweep(minutes(730 * DAY - 1)).await.unwrap().audit, 0);
        assert_eq!(store.sweep(minutes(730 * DAY)).await.unwrap().audit, 1);
    }
}
