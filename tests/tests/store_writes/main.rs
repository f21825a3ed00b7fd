//! What every store keeps to when it writes, on both databases.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod deliveries;
mod erasures;
mod filters;
mod identity;
mod keys;
mod mails;
mod notifications;
mod order;
mod people;
mod races;
mod rejections;
mod routing;
mod sandbox;
mod sweep;
mod taxonomy;
mod templates;
mod ticket;

use helpdesk_domain::kernel::{Reference, Sight};
use helpdesk_domain::ticket::Ticket;
use helpdesk_domain::ticket::port::{TicketReader, TicketRepository, Viewer};
use helpdesk_tests::office::Office;

/// Staff of the office, looking.
fn staff(office: &Office) -> Viewer {
    Viewer { organization: office.organization, sight: Sight::All }
}

/// The ticket as it is stored.
async fn stored(office: &Office, ticket: impl Into<Reference>) -> Option<Ticket> {
    TicketRepository::find(&office.store, staff(office), &ticket.into()).await.unwrap()
}

/// The number that the store gave.
async fn number(office: &Office, ticket: impl Into<Reference>) -> Option<i64> {
    office.store.view(staff(office), &ticket.into()).await.unwrap().map(|view| view.row.number)
}
