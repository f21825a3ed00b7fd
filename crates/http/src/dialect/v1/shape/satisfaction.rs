//! How content requesters are.

use chrono::{DateTime, Utc};
use helpdesk_domain::satisfaction::RatingView;
use serde::Serialize;
use utoipa::ToSchema;

use super::Key;
use crate::dialect::v1::say::Shows;
use crate::gate::Seen;

/// How content the requester of a ticket is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Rating<K: Key> {
    /// The ticket.
    pub ticket: K,
    /// 1 (not at all) to 5.
    pub score: u8,
    /// What the requester says to it.
    pub comment: Option<String>,
    /// Who rated.
    pub rated_by: K::Person,
    /// First rated.
    pub created_at: DateTime<Utc>,
    /// Last changed.
    pub updated_at: DateTime<Utc>,
}

impl<K: Key> Shows<RatingView> for Rating<K> {
    fn show(view: &RatingView, _: &Seen<'_>) -> Self {
        Self {
            ticket: K::of(view.ticket.0, view.ticket_serial),
            score: view.score,
            comment: view.comment.clone(),
            rated_by: K::Person::from(&view.rated_by),
            created_at: view.created_at,
            updated_at: view.updated_at,
        }
    }
}
