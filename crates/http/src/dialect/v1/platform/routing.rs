//! How routes are named beside what they did; the same in both dialects.

use helpdesk_domain::event::{ByRoute, Origin};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// The route that gave a ticket away.
#[derive(Debug, Serialize, ToSchema)]
pub struct RouteRef {
    /// UUID.
    pub id: Uuid,
    /// What it was called.
    pub name: String,
}

impl RouteRef {
    /// The route, where one did it.
    pub fn of(origin: Option<&Origin>) -> Option<Self> {
        let ByRoute { id, name } = origin.and_then(Origin::by_route)?;
        Some(Self { id: id.0, name: name.clone() })
    }
}
