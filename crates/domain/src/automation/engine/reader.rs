//! Rules that begin with events, while the time of a sandbox goes by.

use std::sync::Arc;

use async_trait::async_trait;

use super::RuleEngine;
use crate::event::Projector;
use crate::event::port::EventRepository;
use crate::kernel::fault::StoreError;
use crate::kernel::id::OrganizationId;
use crate::sandbox::{Consequence, IsEnough};

/// Has rules meet what the log tells.
#[derive(Clone)]
pub struct RuleReader {
    /// The log.
    pub events: Arc<dyn EventRepository>,
    /// What they meet.
    pub engine: RuleEngine,
}

impl RuleReader {
    /// Reads the logs of all organizations.
    pub fn projector(&self) -> Projector {
        Projector::of(Arc::clone(&self.events), Arc::clone(&self.engine.work), Arc::new(self.engine.clone()))
    }
}

#[async_trait]
impl Consequence for RuleReader {
    async fn follow(&self, organization: OrganizationId, is_enough: IsEnough<'_>) -> Result<bool, StoreError> {
        if self.engine.rules.on_events(organization).await?.is_empty() {
            return Ok(true);
        }
        self.projector().catch_up(organization, is_enough).await
    }
}
