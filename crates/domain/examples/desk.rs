//! Opens, claims and resolves a ticket without any database: `cargo run -p helpdesk-domain --example desk --features mocks`.
//!
//! The store is a vector in memory that implements the two ports which a ticket's life needs, [`TicketRepository`] and
//! [`UnitOfWork`]; the ports around them are the mocks of [`helpdesk_domain::testing`].

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::kernel::id::{OrganizationId, Reference, Target, TicketId};
use helpdesk_domain::testing::{a_customer, a_desk, a_row, a_ticket, an_agent};
use helpdesk_domain::ticket::command::OpenTicket;
use helpdesk_domain::ticket::port::{MockTicketReader, TicketRepository, Viewer};
use helpdesk_domain::ticket::{Comment, Status, Ticket, TicketView, Tickets};
use helpdesk_domain::work::{Changes, UnitOfWork, Write};

/// Tickets in memory.
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<Ticket>>>);

impl Memory {
    fn find(&self, reference: &Reference) -> Option<Ticket> {
        let tickets = self.0.lock().ok()?;
        tickets.iter().find(|ticket| Reference::from(ticket.id) == *reference).cloned()
    }
}

#[async_trait]
impl TicketRepository for Memory {
    async fn find(&self, viewer: Viewer, ticket: &Reference) -> Result<Option<Ticket>, StoreError> {
        Ok(Memory::find(self, ticket).filter(|found| viewer.sight.covers(found.requester, found.assignee)))
    }

    async fn several(&self, _: OrganizationId, tickets: &[TicketId]) -> Result<Vec<Ticket>, StoreError> {
        Ok(tickets.iter().filter_map(|ticket| Memory::find(self, &(*ticket).into())).collect())
    }

    async fn comment(&self, _: Viewer, _: TicketId, _: &Reference) -> Result<Option<Comment>, StoreError> {
        Ok(None)
    }
}

#[async_trait]
impl UnitOfWork for Memory {
    async fn commit(&self, changes: Changes) -> Result<(), StoreError> {
        for event in &changes.events {
            println!(
                "{}: {}",
                event.kind(),
                event.history().iter().map(|line| line.details.as_str()).collect::<Vec<_>>().join("; ")
            );
        }
        let mut tickets = self.0.lock().map_err(|_| StoreError::Stale)?;
        for write in changes.writes {
            if let Write::AddTicket(ticket) | Write::SaveTicket(ticket) = write {
                tickets.retain(|other| other.id != ticket.id);
                tickets.push(*ticket);
            }
        }
        Ok(())
    }
}

fn desk() -> Tickets {
    let memory = Memory::default();
    let mut reader = MockTicketReader::new();
    let shown = memory.clone();
    reader.expect_view().returning(move |_, ticket| {
        Ok(shown.find(ticket).map(|ticket| TicketView { row: a_row(&ticket), comments: Vec::new(), attachments: Vec::new() }))
    });
    let (around, ..) = a_desk(&a_ticket(Status::Open), &[]);
    Tickets { tickets: Arc::new(memory.clone()), reader: Arc::new(reader), work: Arc::new(memory), ..around }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let desk = desk();
    let opened = desk
        .open(
            &a_customer(),
            OpenTicket {
                title: Some("Printer on fire".to_owned()),
                description: Some("It burns on the second floor.".to_owned()),
                ..OpenTicket::default()
            },
        )
        .await?;
    let ticket = Target::from(opened.row.id);
    desk.claim(&an_agent(), &ticket).await?;
    let resolved = desk.resolve(&an_agent(), &ticket, Some("Extinguished.".to_owned())).await?;
    println!("{} is {}", resolved.row.title, resolved.row.status.word());
    Ok(())
}
