//! Saved filters, in classic.

use chrono::{DateTime, Utc};
use helpdesk_domain::filter::SavedFilterView;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::user::Person;
use crate::dialect::v1::say::Shows;
use crate::gate::Seen;

/// A saved filter.
#[derive(Debug, Serialize, ToSchema)]
pub struct Filter {
    /// Integer.
    pub id: i64,
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
    pub created_by: Person,
    /// Written.
    pub created_at: DateTime<Utc>,
    /// Last changed.
    pub updated_at: DateTime<Utc>,
}

impl Shows<SavedFilterView> for Filter {
    fn show(view: &SavedFilterView, _: &Seen<'_>) -> Self {
        Self {
            id: view.serial,
            name: view.name.clone(),
            filter_params: view.asks.params.clone(),
            dialect: view.asks.dialect.clone(),
            is_public: view.is_public,
            created_by: Person::from(&view.created_by),
            created_at: view.created_at,
            updated_at: view.updated_at,
        }
    }
}
