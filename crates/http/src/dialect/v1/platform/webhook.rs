//! Webhooks and what they were told; the same in both dialects.

use chrono::{DateTime, Utc};
use helpdesk_domain::delivery::DeliveryView;
use helpdesk_domain::webhook::{EventFilter, WebhookView};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::dialect::v1::say::Shows;
use crate::gate::Seen;

/// A webhook. Nobody is shown its secret again.
#[derive(Debug, Serialize, ToSchema)]
pub struct Webhook {
    /// UUID.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// The address that is posted to.
    pub url: String,
    /// Types of events that it is told of.
    pub events: Vec<String>,
    /// Whether it is told.
    pub is_active: bool,
    /// Why it was paused, where nobody chose to: nothing was taken for 24 hours.
    pub disabled_reason: Option<String>,
    /// Made.
    pub created_at: DateTime<Utc>,
    /// Last changed.
    pub updated_at: DateTime<Utc>,
}

/// A webhook that was just made.
#[derive(Serialize, ToSchema)]
pub struct FreshWebhook {
    /// The webhook.
    #[serde(flatten)]
    pub webhook: Webhook,
    /// What its messages are signed with; shown this once.
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    pub secret: String,
}

/// A message to a webhook.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WebhookDelivery)]
pub struct Delivery {
    /// UUID; the header `webhook-id` of each attempt.
    pub id: Uuid,
    /// The type of event, e.g. `ticket.created`.
    pub event: String,
    /// UUID of the event in the log.
    pub event_id: Option<Uuid>,
    /// `pending`, `delivered` or `failed`.
    pub status: String,
    /// How often it was tried.
    pub attempts: u32,
    /// The status of the last answer.
    pub response_code: Option<u16>,
    /// How the last answer began that refused it; 1 KiB at most.
    pub response_body: Option<String>,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
    /// When it is tried next; none while it waits for an earlier one about the same thing, or nothing more is done with it.
    pub next_attempt_at: Option<DateTime<Utc>>,
    /// When it was taken.
    pub delivered_at: Option<DateTime<Utc>>,
    /// When the event happened.
    pub created_at: DateTime<Utc>,
    /// What is sent.
    #[schema(value_type = Object)]
    pub payload: Value,
}

impl Shows<WebhookView> for Webhook {
    fn show(view: &WebhookView, _: &Seen<'_>) -> Self {
        let webhook = &view.webhook;
        Self {
            id: webhook.id.0,
            name: webhook.name.to_string(),
            url: webhook.url.clone(),
            events: webhook.events.iter().map(EventFilter::as_str).map(str::to_owned).collect(),
            is_active: webhook.is_active,
            disabled_reason: webhook.disabled_reason.clone(),
            created_at: webhook.created_at,
            updated_at: webhook.updated_at,
        }
    }
}

impl Shows<DeliveryView> for Delivery {
    fn show(view: &DeliveryView, _: &Seen<'_>) -> Self {
        Self {
            id: view.id.0,
            event: view.kind.clone(),
            event_id: view.event.map(|event| event.0),
            status: view.state.word().to_owned(),
            attempts: view.attempts,
            response_code: view.status,
            response_body: view.answer.clone(),
            last_error: view.last_error.clone(),
            next_attempt_at: view.due_at,
            delivered_at: view.delivered_at,
            created_at: view.created_at,
            payload: serde_json::from_str(&view.body).unwrap_or_default(),
        }
    }
}
