//! What waits to be sent to other programs.

mod again;
mod log;
mod queue;

use async_trait::async_trait;
use helpdesk_domain::delivery::port::Deliveries;
use helpdesk_domain::delivery::{DeliveryEntry, DeliveryState, DeliveryView, Due, Recipient, Settled};
use helpdesk_domain::kernel::id::{DeliveryId, OrganizationId, Reference, WebhookId};
use helpdesk_domain::kernel::{Moment, Page, PageRequest, StoreError};

use crate::Store;
use crate::fault::fault;
use crate::portable;

#[async_trait]
impl Deliveries for Store {
    async fn due(&self, now: Moment) -> Result<Vec<Due>, StoreError> {
        queue::due(self, now).await.map_err(fault)
    }

    async fn claim(&self, recipient: Recipient, now: Moment, leased_until: Moment) -> Result<Option<DeliveryEntry>, StoreError> {
        queue::claim(self, recipient, now, leased_until).await
    }

    async fn settle(&self, entry: &DeliveryEntry, outcome: &Settled, now: Moment) -> Result<(), StoreError> {
        queue::settle(self, entry, outcome, now).await
    }

    async fn retry(&self, delivery: Option<DeliveryId>, now: Moment) -> Result<u64, StoreError> {
        let again = again::retry(self, delivery, now).await.map_err(fault)?;
        if again > 0 {
            self.wake_couriers();
        }
        Ok(again)
    }

    async fn newest(&self, only_pending: bool, limit: u64) -> Result<Vec<DeliveryView>, StoreError> {
        log::newest(self, only_pending, limit).await.map_err(fault)
    }

    async fn page(
        &self,
        organization: OrganizationId,
        webhook: WebhookId,
        state: Option<DeliveryState>,
        page: &PageRequest,
    ) -> Result<Page<DeliveryView>, StoreError> {
        log::page(self, organization, webhook, state, page).await
    }

    async fn find(
        &self,
        organization: OrganizationId,
        webhook: WebhookId,
        delivery: &Reference,
    ) -> Result<Option<DeliveryView>, StoreError> {
        log::find(self, organization, webhook, delivery).await
    }

    async fn depth(&self) -> Result<u64, StoreError> {
        log::depth(self).await.map_err(fault)
    }
}

impl Store {
    /// Has what waits for a message that is gone wait no longer.
    pub(crate) async fn follow_up(&self, now: Moment) -> Result<(), StoreError> {
        again::follow_up(self.writer(), now).await.map_err(fault)
    }

    /// Gives back what a process that is gone had claimed. Only where this process is the only one that hands over: a
    /// SQLite database has one server.
    pub async fn release_deliveries(&self) -> Result<(), StoreError> {
        if self.backend() == sea_orm::DbBackend::Postgres {
            return Ok(());
        }
        let text = "UPDATE delivery SET leased_until = NULL WHERE leased_until IS NOT NULL";
        portable::execute(self.writer(), text, Vec::new()).await.map(drop).map_err(fault)
    }
}
