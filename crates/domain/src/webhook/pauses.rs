//! Pausing webhooks that nobody answers.

use std::sync::Arc;

use super::port::WebhookRepository;
use crate::event::{CatalogChange, CatalogKind, Event, Happened, Subject};
use crate::kernel::clock::Moment;
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, WebhookId};
use crate::work::{Changes, UnitOfWork, Write};

/// Pauses webhooks that nobody answers.
#[derive(Clone)]
pub struct Pauses {
    /// Webhooks.
    pub webhooks: Arc<dyn WebhookRepository>,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
}

impl Pauses {
    /// Pauses one for that reason, unless it is paused, changed at this moment, or gone.
    pub async fn pause(
        &self,
        organization: OrganizationId,
        webhook: WebhookId,
        reason: &str,
        now: Moment,
    ) -> Result<(), StoreError> {
        let Some(mut webhook) = self.webhooks.find(organization, &webhook.into()).await? else { return Ok(()) };
        if !webhook.give_up(reason, now) {
            return Ok(());
        }
        let happened = Happened::Cataloged { change: CatalogChange::Updated, name: webhook.name.to_string() };
        let subject = Subject::Catalog(CatalogKind::Webhook, webhook.id.0);
        let (actor, actor_name, origin) = (None, String::new(), None);
        let event = Event { organization, subject, actor, actor_name, origin, at: now, happened };
        let changes = Changes::of(organization).with(Write::SaveWebhook(Box::new(webhook)), [event]);
        match self.work.commit(changes).await {
            Err(StoreError::Stale) => Ok(()),
            done => done,
        }
    }
}
