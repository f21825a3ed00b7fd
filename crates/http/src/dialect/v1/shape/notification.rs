//! Notifications.

use chrono::{DateTime, Utc};
use helpdesk_domain::notification::{NotificationView, TicketMention, WorkMention};
use serde::Serialize;
use utoipa::ToSchema;

use super::Key;
use crate::dialect::v1::say::Shows;
use crate::gate::Seen;

/// Something that the reader is told.
#[derive(Debug, Serialize, ToSchema)]
pub struct Notification<K: Key> {
    /// Its id.
    pub id: K,
    /// `mention`, `assignment`, `reply`, `status_change`, `sla_warning`, `sla_breach`, `work_order`, `ticket_created` or `automation`.
    #[serde(rename = "type")]
    pub kind: String,
    /// How much it presses, in the words of tickets.
    pub priority: String,
    /// A line.
    pub title: String,
    /// A sentence; empty where the ticket is gone, or is not the reader's to see any more.
    pub message: String,
    /// Whether it has been read.
    pub is_read: bool,
    /// The ticket that it is about.
    pub ticket: Option<NotifiedTicket<K>>,
    /// The work order that it is about.
    pub work_order: Option<NotifiedWorkOrder<K>>,
    /// When it happened.
    pub created_at: DateTime<Utc>,
    /// When it was read.
    pub read_at: Option<DateTime<Utc>>,
}

/// The ticket that a notification is about.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotifiedTicket<K: Key> {
    /// Its id.
    pub id: K,
    /// `TX0001` and on.
    #[schema(example = "TX0001")]
    pub number: String,
    /// What it is called.
    pub title: String,
}

/// The work order that a notification is about.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotifiedWorkOrder<K: Key> {
    /// Its id.
    pub id: K,
    /// `WO0001` and on.
    #[schema(example = "WO0001")]
    pub number: String,
    /// What it is called.
    pub title: String,
}

impl<K: Key> From<&WorkMention> for NotifiedWorkOrder<K> {
    fn from(order: &WorkMention) -> Self {
        Self { id: K::of(order.id.0, order.serial), number: format!("WO{:04}", order.number), title: order.title.clone() }
    }
}

impl<K: Key> From<&TicketMention> for NotifiedTicket<K> {
    fn from(ticket: &TicketMention) -> Self {
        Self {
            id: K::of(ticket.id.0, ticket.serial),
            number: helpdesk_domain::ticket::shown_number(ticket.number),
            title: ticket.title.clone(),
        }
    }
}

impl<K: Key> Shows<NotificationView> for Notification<K> {
    fn show(view: &NotificationView, _: &Seen<'_>) -> Self {
        Self {
            id: K::of(view.id.0, view.serial),
            kind: view.kind.word().to_owned(),
            priority: K::VOICE.priority_word(Some(view.priority)).unwrap_or("medium").to_owned(),
            title: view.title.clone(),
            message: view.message.clone(),
            is_read: view.read_at.is_some(),
            ticket: view.ticket.as_ref().map(NotifiedTicket::from),
            work_order: view.work_order.as_ref().map(NotifiedWorkOrder::from),
            created_at: view.created_at,
            read_at: view.read_at,
        }
    }
}
