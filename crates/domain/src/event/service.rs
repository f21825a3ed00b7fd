//! Following the log.

use std::sync::Arc;

use super::port::EventRepository;
use super::{EventError, Recorded};
use crate::kernel::actor::Actor;

/// The organization's log, for staff.
#[derive(Clone)]
pub struct EventLog {
    events: Arc<dyn EventRepository>,
}

impl EventLog {
    /// Most events in one answer.
    pub const MOST: u64 = 1000;

    /// Over a stored log.
    pub fn new(events: Arc<dyn EventRepository>) -> Self {
        Self { events }
    }

    /// What happened behind position `after`, at most `limit` (clamped to 1 … [`Self::MOST`]), and the last position there is.
    pub async fn after(&self, actor: &Actor, after: i64, limit: u64) -> Result<(Vec<Recorded>, i64), EventError> {
        if !actor.is_staff() {
            return Err(EventError::Forbidden);
        }
        let last = self.events.last_position(actor.organization).await?;
        let events = self.events.after(actor.organization, after, limit.clamp(1, Self::MOST)).await?;
        Ok((events, last))
    }
}
