//! Response templates, in platform.

use chrono::{DateTime, Utc};
use helpdesk_domain::template::TemplateView;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::user::Person;
use crate::dialect::v1::say::Shows;
use crate::gate::Seen;

/// A response template.
#[derive(Debug, Serialize, ToSchema)]
pub struct Template {
    /// UUID.
    pub id: Uuid,
    /// What it is called.
    pub title: String,
    /// What it says, with `{variables}`.
    pub content: String,
    /// What it is filed under; may be empty.
    pub category: String,
    /// Whether all staff may use it, else its author alone.
    pub is_public: bool,
    /// What is to be filled in.
    pub variables: Vec<String>,
    /// Who wrote it.
    pub created_by: Person,
    /// Written.
    pub created_at: DateTime<Utc>,
    /// Last changed.
    pub updated_at: DateTime<Utc>,
}

impl Shows<TemplateView> for Template {
    fn show(view: &TemplateView, _: &Seen<'_>) -> Self {
        Self {
            id: view.id.0,
            title: view.title.clone(),
            content: view.content.clone(),
            category: view.category.clone(),
            is_public: view.is_public,
            variables: view.variables.iter().cloned().map(String::from).collect(),
            created_by: Person::from(&view.created_by),
            created_at: view.created_at,
            updated_at: view.updated_at,
        }
    }
}
