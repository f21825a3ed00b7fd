//! What is kept of people, in platform.

use chrono::{DateTime, Utc};
use helpdesk_domain::privacy::{self, ERASED_USER};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::dialect::v1::say::Shows;
use crate::gate::Seen;

/// That somebody is erased.
#[derive(Debug, Serialize, ToSchema)]
pub struct Erasure {
    /// UUID.
    pub id: Uuid,
    /// What they are called from now on.
    #[schema(example = "Erased user")]
    pub name: String,
    /// When.
    pub erased_at: DateTime<Utc>,
}

impl Shows<privacy::Erasure> for Erasure {
    fn show(erasure: &privacy::Erasure, _: &Seen<'_>) -> Self {
        Self { id: erasure.user.0, name: ERASED_USER.to_owned(), erased_at: erasure.erased_at }
    }
}
