//! What is kept of people.

use chrono::{DateTime, Utc};
use helpdesk_domain::privacy::{self, ERASED_USER};
use serde::Serialize;
use utoipa::ToSchema;

use super::Key;
use crate::dialect::v1::say::Shows;
use crate::gate::Seen;

/// That somebody is erased.
#[derive(Debug, Serialize, ToSchema)]
pub struct Erasure<K: Key> {
    /// Its id.
    pub id: K,
    /// What they are called from now on.
    #[schema(example = "Erased user")]
    pub name: String,
    /// When.
    pub erased_at: DateTime<Utc>,
}

impl<K: Key> Shows<privacy::Erasure> for Erasure<K> {
    fn show(erasure: &privacy::Erasure, _: &Seen<'_>) -> Self {
        Self { id: K::of(erasure.user.0, erasure.serial), name: ERASED_USER.to_owned(), erased_at: erasure.erased_at }
    }
}
