//! Saved filters.

use chrono::{DateTime, Utc};
use helpdesk_domain::filter::SavedFilterView;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::Key;
use crate::dialect::v1::say::Shows;
use crate::gate::Seen;

/// A saved filter.
#[derive(Debug, Serialize, ToSchema)]
pub struct Filter<K: Key> {
    /// Its id.
    pub id: K,
    /// What it is called.
    pub name: String,
    /// Parameters of the ticket list, as they were written.
    #[schema(value_type = Object)]
    pub filter_params: Map<String, Value>,
    /// The dialect whose words they are, `platform` or `classic`.
    pub dialect: String,
    /// Whether everybody may use it, else its author alone.
    pub is_public: bool,
    /// Who wrote it.
    pub created_by: K::Person,
    /// Written.
    pub created_at: DateTime<Utc>,
    /// Last changed.
    pub updated_at: DateTime<Utc>,
}

impl<K: Key> Shows<SavedFilterView> for Filter<K> {
    fn show(view: &SavedFilterView, _: &Seen<'_>) -> Self {
        Self {
            id: K::of(view.id.0, view.serial),
            name: view.name.clone(),
            filter_params: view.asks.params.clone(),
            dialect: view.asks.dialect.clone(),
            is_public: view.is_public,
            created_by: K::Person::from(&view.created_by),
            created_at: view.created_at,
            updated_at: view.updated_at,
        }
    }
}
