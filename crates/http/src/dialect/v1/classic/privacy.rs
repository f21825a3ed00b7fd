//! What is kept of people, in classic.

use chrono::{DateTime, Utc};
use helpdesk_domain::privacy::{self, ERASED_USER};
use serde::Serialize;
use utoipa::ToSchema;

use crate::dialect::v1::say::Shows;
use crate::gate::Seen;

/// That somebody is erased.
#[derive(Debug, Serialize, ToSchema)]
pub struct Erasure {
    /// Integer.
    pub id: i64,
    /// What they are called from now on.
    #[schema(example = "Erased user")]
    pub name: String,
    /// When.
    pub erased_at: DateTime<Utc>,
}

impl Shows<privacy::Erasure> for Erasure {
    fn show(erasure: &privacy::Erasure, _: &Seen<'_>) -> Self {
        Self { id: erasure.serial, name: ERASED_USER.to_owned(), erased_at: erasure.erased_at }
    }
}
