//! What waits to be handed over.

use crate::kernel::clock::Moment;
use crate::kernel::id::{DeliveryId, OrganizationId, TicketId};

/// A ticket to hand over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Identity: the same however often it is sent.
    pub id: DeliveryId,
    /// Whose.
    pub organization: OrganizationId,
    /// The ticket.
    pub ticket: TicketId,
    /// What is sent, to the byte.
    pub body: String,
    /// When the ticket was finalized.
    pub created_at: Moment,
}

/// A delivery as it stands in the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryEntry {
    /// The delivery.
    pub delivery: Delivery,
    /// How often it was tried.
    pub attempts: u32,
}
