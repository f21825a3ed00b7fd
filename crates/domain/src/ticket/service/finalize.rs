//! Handing a finished ticket to the external workflow.

use super::{Result, Tickets};
use crate::attachment::{FileView, Link};
use crate::delivery::{Delivery, Recipient};
use crate::event::Event;
use crate::kernel::actor::Actor;
use crate::kernel::fault::StoreError;
use crate::kernel::id::{DeliveryId, Target, TicketId};
use crate::kernel::race;
use crate::ticket::{Ticket, TicketError, TicketView, policy};
use crate::work::{Changes, Write};
use crate::workflow::{Handover, TOLD_AS};

impl Tickets {
    /// Hands a resolved or closed ticket to the external workflow, once. Refused where the organization has none. What
    /// the workflow is told is fixed by the same commit; it is sent after it.
    pub async fn finalize(&self, actor: &Actor, target: &Target) -> Result<TicketView> {
        let id = race::settle(target.may_retry(), async || {
            let ticket = self.get(actor, target).await?;
            policy::may_work(actor)?;
            self.hand_over(actor, ticket).await
        })
        .await?;
        self.show(actor, id).await
    }

    async fn hand_over(&self, actor: &Actor, mut ticket: Ticket) -> Result<TicketId> {
        let (id, now) = (ticket.id, self.clock.now());
        let revision = ticket.revision;
        let finalized = ticket.finalize(now)?;
        let organization = self.organizations.get(actor.organization).await?;
        let organization = organization.filter(|organization| self.workflows.of(organization).is_some());
        let organization = organization.ok_or(TicketError::NoWorkflow)?;
        let view = self.show(actor, id).await?;
        if view.row.revision != revision {
            return Err(StoreError::Stale.into());
        }
        let real = self.clock.real();
        let address = |file: &FileView| self.addresses.of(&Link::given(&file.object, actor, real));
        let body = serde_json::to_string(&Handover::new(&organization, &view, actor, now, &address));
        let body = body.map_err(|error| StoreError::Bug(Box::new(error)))?;
        let delivery = Delivery {
            id: DeliveryId(self.ids.next()),
            organization: actor.organization,
            recipient: Recipient::Workflow(actor.organization),
            subject: id.0,
            kind: TOLD_AS.to_owned(),
            event: None,
            body,
            created_at: now,
        };
        let event = Event::of_ticket(id, actor, now, finalized);
        let changes = Changes::by(actor)
            .with(Write::SaveTicket(Box::new(ticket)), [event])
            .with(Write::AddDelivery(Box::new(delivery)), []);
        self.commit(changes, id, false).await?;
        Ok(id)
    }
}
