//! Macros; the same in both dialects.

use chrono::{DateTime, Utc};
use helpdesk_domain::automation::MacroView;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::rule::action;
use crate::dialect::v1::say::Shows;
use crate::gate::Seen;

/// A macro.
#[derive(Debug, Serialize, ToSchema)]
pub struct Macro {
    /// UUID.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Whether all staff may use it, else its author alone.
    pub is_public: bool,
    /// What it does.
    #[schema(value_type = Vec<Object>, example = json!([{"set": {"status": "pending"}}]))]
    pub then: Vec<Value>,
    /// UUID of who made it.
    pub created_by: Uuid,
    /// Made.
    pub created_at: DateTime<Utc>,
    /// Last changed.
    pub updated_at: DateTime<Utc>,
}

impl Shows<MacroView> for Macro {
    fn show(view: &MacroView, _: &Seen<'_>) -> Self {
        let shown = &view.shown;
        Self {
            id: shown.id.0,
            name: shown.name.to_string(),
            description: shown.description.to_string(),
            is_public: shown.is_public,
            then: shown.actions.iter().map(action).collect(),
            created_by: shown.created_by.0,
            created_at: shown.created_at,
            updated_at: shown.updated_at,
        }
    }
}
