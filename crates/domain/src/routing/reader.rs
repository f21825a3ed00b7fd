//! Routes, while the time of a sandbox goes by.

use std::sync::Arc;

use async_trait::async_trait;

use super::{Dispatcher, RoutingNews};
use crate::event::Projector;
use crate::event::port::EventRepository;
use crate::kernel::fault::StoreError;
use crate::kernel::id::OrganizationId;
use crate::sandbox::{Consequence, IsEnough};

/// Gives tickets away that the log tells of.
pub struct RouteReader {
    /// The log.
    pub events: Arc<dyn EventRepository>,
    /// Which tickets want somebody.
    pub news: RoutingNews,
    /// Who gives them away.
    pub dispatcher: Dispatcher,
}

#[async_trait]
impl Consequence for RouteReader {
    async fn follow(&self, organization: OrganizationId, is_enough: IsEnough<'_>) -> Result<bool, StoreError> {
        if self.news.routes.routes(organization).await?.is_empty() {
            return Ok(true);
        }
        let (events, work) = (Arc::clone(&self.events), Arc::clone(&self.dispatcher.work));
        let is_all = Projector::new(events, work, Arc::new(self.news.clone())).catch_up(organization, is_enough).await?;
        self.dispatcher.place_in(organization).await.map(|()| is_all)
    }
}
