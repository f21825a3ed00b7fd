//! The rules of webhooks, over mocked ports.

use std::sync::Arc;

use uuid::Uuid;

use super::command::{CreateWebhook, EditWebhook};
use super::port::{MockEndpoints, MockWebhookRepository};
use super::{EventFilter, Listener, Webhook, WebhookChange, WebhookState, WebhookView, Webhooks, told};
use crate::delivery::port::MockDeliveries;
use crate::event::{Event, Happened, Recorded};
use crate::kernel::Fault;
use crate::kernel::id::{EventId, Target, TicketId, WebhookId};
use crate::kernel::text::Label;
use crate::kernel::violation::Problem;
use crate::testing::{FixedClock, ORGANIZATION, SequentialIds, a_customer, an_admin, an_agent, minutes};
use crate::work::MockUnitOfWork;

/// An active webhook that is told everything.
pub(crate) fn a_webhook() -> Webhook {
    Webhook::new(WebhookState {
        id: WebhookId(Uuid::from_u128(9)),
        organization: ORGANIZATION,
        name: Label::trusted("Chat".to_owned()),
        url: "https://example.com/hook".to_owned(),
        events: vec![EventFilter::trusted("*".to_owned())],
        is_active: true,
        secret: "whsec_c2VjcmV0".to_owned(),
        disabled_reason: None,
        created_at: minutes(0),
        updated_at: minutes(0),
        revision: 1,
    })
}

fn webhooks(endpoints: MockEndpoints, work: MockUnitOfWork) -> Webhooks {
    let mut stored = MockWebhookRepository::new();
    stored.expect_find().returning(|_, _| Ok(Some(a_webhook())));
    stored.expect_view().returning(|_, _| Ok(Some(WebhookView { webhook: a_webhook(), serial: 1 })));
    stored.expect_count().returning(|_| Ok(0));
    Webhooks {
        webhooks: Arc::new(stored),
        deliveries: Arc::new(MockDeliveries::new()),
        endpoints: Arc::new(endpoints),
        work: Arc::new(work),
        clock: Arc::new(FixedClock::default()),
        ids: Arc::new(SequentialIds::default()),
    }
}

fn nothing_written() -> MockUnitOfWork {
    let mut work = MockUnitOfWork::new();
    work.expect_commit().never();
    work
}

#[tokio::test]
async fn webhooks_are_for_admins() {
    for actor in [a_customer(), an_agent()] {
        let desk = webhooks(MockEndpoints::new(), nothing_written());
        assert_eq!(desk.create(&actor, CreateWebhook::default()).await.unwrap_err().code(), "PERMISSION_DENIED");
        assert_eq!(desk.read(&actor, &a_webhook().id.into()).await.unwrap_err().code(), "PERMISSION_DENIED");
    }
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once_and_nothing_is_written() {
    let mut endpoints = MockEndpoints::new();
    endpoints.expect_check().returning(|_| Err(Problem::Other("no")));
    endpoints.expect_is_secret().return_const(false);
    let command = CreateWebhook {
        name: Some(String::new()),
        url: Some("http://127.0.0.1/".to_owned()),
        events: Some(vec!["Ticket Created".to_owned()]),
        is_active: None,
        secret: Some("short".to_owned()),
    };
    let refused = webhooks(endpoints, nothing_written()).create(&an_admin(), command).await.unwrap_err();
    let fields: Vec<_> = refused.violations().unwrap().0.iter().map(|violation| violation.field.clone()).collect();
    assert_eq!(fields, ["name", "url", "events", "secret"]);
}

#[tokio::test]
async fn a_change_that_changes_nothing_writes_nothing_and_asks_nobody() {
    let fields = CreateWebhook { url: Some(a_webhook().url.clone()), is_active: Some(true), ..CreateWebhook::default() };
    let command = EditWebhook { target: Target::from(a_webhook().id), fields };
    let mut endpoints = MockEndpoints::new();
    endpoints.expect_check().never();
    webhooks(endpoints, nothing_written()).edit(&an_admin(), command).await.unwrap();
}

#[test]
fn a_filter_is_everything_all_of_a_kind_or_one_type() {
    let filter = |text: &str| EventFilter::parse(text).unwrap();
    assert!(filter("*").passes("tag.created"));
    assert!(filter("ticket.*").passes("ticket.created") && !filter("ticket.*").passes("tickets.created"));
    assert!(filter("ticket.created").passes("ticket.created") && !filter("ticket.created").passes("ticket.deleted"));
    for bad in ["", "ticket", "ticket.", ".created", "Ticket.created", "*.created", "ticket.created.*", "ticket.cre*"] {
        assert!(EventFilter::parse(bad).is_err(), "{bad}");
    }
}

#[test]
fn to_be_told_again_forgives_what_went_wrong() {
    let mut webhook = a_webhook();
    assert!(webhook.give_up("Nothing was taken.", minutes(1)));
    assert!(!webhook.give_up("Again.", minutes(2)), "it is paused once");
    assert_eq!(webhook.disabled_reason.as_deref(), Some("Nothing was taken."));
    assert!(webhook.change(WebhookChange { is_active: Some(true), ..WebhookChange::default() }, minutes(3)));
    assert!(webhook.is_active && webhook.disabled_reason.is_none());
}

#[test]
fn an_event_becomes_one_message_of_one_text_for_each_who_wants_it() {
    let listener =
        |id, filter: &str| Listener { id: WebhookId(Uuid::from_u128(id)), events: vec![EventFilter::parse(filter).unwrap()] };
    let ticket = TicketId(Uuid::from_u128(7));
    let event = Event::of_ticket(ticket, &an_agent(), minutes(0), Happened::TicketFinalized);
    let recorded = Recorded { id: EventId(Uuid::from_u128(8)), position: 3, event };
    let listeners = [listener(1, "*"), listener(2, "tag.*"), listener(3, "ticket.finalized")];
    let all = told(&listeners, &recorded, None, &|| Uuid::from_u128(11)).unwrap();
    assert_eq!(all.len(), 2);
    assert_eq!(all[0].body, all[1].body);
    assert_eq!((all[0].subject, all[0].kind.as_str()), (ticket.0, "ticket.finalized"));
}
