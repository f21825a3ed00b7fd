//! Messages on their way.

use chrono::TimeDelta;
use uuid::Uuid;

use crate::kernel::clock::Moment;
use crate::kernel::id::{DeliveryId, EventId, OrganizationId, Serial, WebhookId};

/// Who gets a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Recipient {
    /// The workflow that the organization hands finished tickets to.
    Workflow(OrganizationId),
    /// Whoever is behind a webhook.
    Webhook(WebhookId),
}

/// Somebody whom something is due for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// Who.
    pub recipient: Recipient,
    /// Whether they have taken nothing lately.
    pub is_failing: bool,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Identity: the same however often it is sent.
    pub id: DeliveryId,
    /// Whose.
    pub organization: OrganizationId,
    /// For whom.
    pub recipient: Recipient,
    /// What it is about. To one recipient, messages about one thing keep their order.
    pub subject: Uuid,
    /// The type of event that it tells of, e.g. `ticket.finalized`.
    pub kind: String,
    /// The event; none for what is told besides the log.
    pub event: Option<EventId>,
    /// What is sent, to the byte.
    pub body: String,
    /// When it happened.
    pub created_at: Moment,
}

impl Delivery {
    /// For how long it is tried.
    pub const PATIENCE: TimeDelta = TimeDelta::hours(24);
}

/// Where a message goes.
#[derive(Clone, PartialEq, Eq)]
pub struct Destination {
    /// The address that is posted to.
    pub url: String,
    /// What is signed with; unsigned without.
    pub secret: Option<String>,
    /// Whether the operator chose the address: it may be a private one then.
    pub is_trusted: bool,
}

/// The secret stays untold.
impl std::fmt::Debug for Destination {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Destination").field("url", &self.url).field("is_trusted", &self.is_trusted).finish_non_exhaustive()
    }
}

/// A message as it stands in the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryEntry {
    /// The message.
    pub delivery: Delivery,
    /// How often it was tried.
    pub attempts: u32,
    /// Until when it is tried.
    pub until: Moment,
    /// Where it goes, where its recipient is a webhook.
    pub destination: Option<Destination>,
    /// Since when its recipient has taken nothing.
    pub failing_since: Option<Moment>,
}

/// How a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    /// It is to be sent, now or after another attempt.
    Pending,
    /// It was taken.
    Delivered,
    /// It is not tried any more.
    Failed,
}

impl DeliveryState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Pending, Self::Delivered, Self::Failed];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }

    /// The state of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// A message, shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryView {
    /// UUID.
    pub id: DeliveryId,
    /// Integer.
    pub serial: Serial,
    /// The type of event.
    pub kind: String,
    /// The event.
    pub event: Option<EventId>,
    /// How it stands.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next; none when it waits for another one, or nothing more is done with it.
    pub due_at: Option<Moment>,
    /// When it was taken.
    pub delivered_at: Option<Moment>,
    /// The status of the last answer.
    pub status: Option<u16>,
    /// How the last answer that refused it began.
    pub answer: Option<String>,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
    /// What is sent.
    pub body: String,
    /// When it happened.
    pub created_at: Moment,
}
