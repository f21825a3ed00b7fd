//! Programs that are told what happens, and what brings them the messages.

use std::sync::Arc;

use helpdesk_domain::delivery::Courier;
use helpdesk_domain::webhook::{Pauses, Webhooks};
use helpdesk_outbound::{Poster, PublicEndpoints};

use super::{Installation, workflows};
use crate::failure::{Failure, Result};
use crate::settings::Settings;

impl Installation {
    /// What sends messages to other programs.
    pub fn courier(&self, settings: &Settings) -> Result<Courier> {
        let store = Arc::new(self.store.clone());
        let carrier = Poster::new(settings.webhook_allow_private);
        let carrier = carrier.map_err(|error| Failure::because("Nothing can be sent to other programs", &error))?;
        Ok(Courier {
            deliveries: store.clone(),
            carrier: Arc::new(carrier),
            organizations: store.clone(),
            workflows: workflows(settings),
            pauses: Pauses { webhooks: store.clone(), work: store },
            clock: Arc::clone(&self.real_clock),
        })
    }

    /// The use cases of webhooks.
    pub(super) fn webhooks(&self, settings: &Settings) -> Webhooks {
        let store = Arc::new(self.store.clone());
        Webhooks {
            webhooks: store.clone(),
            deliveries: store.clone(),
            endpoints: Arc::new(PublicEndpoints { allow_private: settings.webhook_allow_private }),
            work: store,
            clock: Arc::clone(&self.clock),
            ids: Arc::clone(&self.ids),
        }
    }
}
