//! Tickets, taken out as a file.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::{Result, Tickets};
use crate::audit::{AuditAction, AuditEntry};
use crate::kernel::actor::Actor;
use crate::kernel::page::{PageRequest, Paging};
use crate::ticket::command::FindTickets;
use crate::ticket::port::{TicketReader, Viewer};
use crate::ticket::{TicketQuery, TicketRow, policy};
use crate::work::{Changes, Write};

/// How many tickets are read at once: each connection that reads a part keeps memory for one as large.
const PART: u64 = 50;

/// Tickets to take out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExportTickets {
    /// Which, in which order.
    pub wanted: FindTickets,
    /// The form of the file, for the audit log.
    pub format: &'static str,
    /// What the client asked for in its own words, for the audit log.
    pub asked: Map<String, Value>,
}

/// Tickets on their way out, part by part: each part is a question of its own, and none holds a transaction.
pub struct TicketExport {
    reader: Arc<dyn TicketReader>,
    viewer: Viewer,
    query: TicketQuery,
    /// Where the next part begins; none at the end.
    next: Option<PageRequest>,
}

impl Tickets {
    /// Takes out the tickets that a list would show, however many they are; staff only. The audit log tells of it before
    /// the first ticket goes.
    pub async fn export(&self, actor: &Actor, command: ExportTickets) -> Result<TicketExport> {
        policy::may_work(actor)?;
        let query = self.query(actor, command.wanted).await?;
        let entry = AuditEntry::by(actor, AuditAction::TicketsExported, None, self.clock.now());
        let entry = entry.with("format", command.format).with("filter", command.asked);
        self.work.commit(Changes::by(actor).with(Write::AddAudit(Box::new(entry)), [])).await?;
        let next = Some(PageRequest { paging: Paging::Start, size: PART });
        Ok(TicketExport { reader: Arc::clone(&self.reader), viewer: actor.into(), query, next })
    }
}

impl TicketExport {
    /// The next tickets; none at the end.
    pub async fn next(&mut self) -> Result<Option<Vec<TicketRow>>> {
        let Some(page) = self.next.take() else { return Ok(None) };
        let found = self.reader.page(self.viewer, &self.query, &page).await?;
        self.next = found.next.map(|cursor| PageRequest { paging: Paging::After(cursor), size: PART });
        Ok(Some(found.items))
    }
}
