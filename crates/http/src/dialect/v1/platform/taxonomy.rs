//! Categories, tags and departments, in platform.

use chrono::{DateTime, Utc};
use helpdesk_domain::taxonomy::{CategoryBrief, CategoryView, DepartmentBrief, DepartmentView, TagView};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::dialect::v1::say::Shows;
use crate::gate::Seen;

/// A category beside a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct CategoryRef {
    /// UUID.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// `#rrggbb`.
    pub color: String,
}

impl From<&CategoryBrief> for CategoryRef {
    fn from(category: &CategoryBrief) -> Self {
        Self { id: category.id.0, name: category.name.clone(), color: category.color.clone() }
    }
}

/// A category.
#[derive(Debug, Serialize, ToSchema)]
pub struct Category {
    /// UUID.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Slug.
    pub slug: String,
    /// What belongs into it.
    pub description: String,
    /// `#rrggbb`.
    pub color: String,
    /// How many tickets have it.
    pub ticket_count: u64,
    /// Made.
    pub created_at: DateTime<Utc>,
    /// Last changed.
    pub updated_at: DateTime<Utc>,
}

impl Shows<CategoryView> for Category {
    fn show(view: &CategoryView, _: &Seen<'_>) -> Self {
        Self {
            id: view.brief.id.0,
            name: view.brief.name.clone(),
            slug: view.brief.slug.clone(),
            description: view.description.clone(),
            color: view.brief.color.clone(),
            ticket_count: view.ticket_count,
            created_at: view.created_at,
            updated_at: view.updated_at,
        }
    }
}

/// A tag.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tag {
    /// UUID.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// `#rrggbb`.
    pub color: String,
    /// How many tickets have it.
    pub ticket_count: u64,
    /// Made.
    pub created_at: DateTime<Utc>,
    /// Last changed.
    pub updated_at: DateTime<Utc>,
}

impl Shows<TagView> for Tag {
    fn show(view: &TagView, _: &Seen<'_>) -> Self {
        Self {
            id: view.brief.id.0,
            name: view.brief.name.clone(),
            description: view.description.clone(),
            color: view.brief.color.clone(),
            ticket_count: view.ticket_count,
            created_at: view.created_at,
            updated_at: view.updated_at,
        }
    }
}

/// A department.
#[derive(Debug, Serialize, ToSchema)]
pub struct Department {
    /// UUID.
    pub id: Uuid,
    /// Name.
    pub name: String,
}

impl From<&DepartmentBrief> for Department {
    fn from(department: &DepartmentBrief) -> Self {
        Self { id: department.id.0, name: department.name.clone() }
    }
}

impl Shows<DepartmentView> for Department {
    fn show(view: &DepartmentView, _: &Seen<'_>) -> Self {
        Self::from(&view.brief)
    }
}
