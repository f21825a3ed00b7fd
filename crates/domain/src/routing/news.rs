//! Which tickets want somebody: a reader of the event log.

use std::sync::Arc;

use async_trait::async_trait;

use super::port::RouteRepository;
use crate::event::{Happened, Origin, Projection, Recorded, Subject};
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, TicketId};
use crate::work::Write;

/// Lets tickets wait that become open, or are filed anew, and have nobody.
#[derive(Clone)]
pub struct RoutingNews {
    /// Which routes there are.
    pub routes: Arc<dyn RouteRepository>,
}

impl RoutingNews {
    /// The name of its place in the log.
    pub const CONSUMER: &'static str = "routing";
}

#[async_trait]
impl Projection for RoutingNews {
    fn consumer(&self) -> &'static str {
        Self::CONSUMER
    }

    async fn project(&self, organization: OrganizationId, events: &[Recorded]) -> Result<Vec<Write>, StoreError> {
        let mut tickets: Vec<TicketId> = events.iter().filter_map(wants_somebody).collect();
        tickets.sort_unstable();
        tickets.dedup();
        // A desk without routes has none of the cost.
        if tickets.is_empty() || self.routes.routes(organization).await?.is_empty() {
            return Ok(Vec::new());
        }
        Ok(tickets.into_iter().map(Write::Await).collect())
    }
}

/// The ticket that may want somebody because of that: one that became open, or that was filed under something else; not by a
/// route, nor by what a rule made of a route's work, which could go on in circles.
fn wants_somebody(recorded: &Recorded) -> Option<TicketId> {
    let Subject::Ticket(ticket) = recorded.event.subject else { return None };
    let wants = match &recorded.event.happened {
        Happened::TicketCreated { status, .. } => status.is_active(),
        Happened::TicketStatusChanged { from, to, .. } => !from.is_active() && to.is_active(),
        Happened::TicketUpdated { changes } => {
            let is_filed = changes.iter().any(|change| ["category", "department"].contains(&change.field.as_str()));
            is_filed && recorded.event.origin.as_ref().and_then(Origin::route).is_none()
        }
        _ => false,
    };
    wants.then_some(ticket)
}
