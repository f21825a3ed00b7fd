//! Categories, tags and departments, in classic.

use chrono::{DateTime, Utc};
use helpdesk_domain::taxonomy::{CategoryBrief, CategoryView, DepartmentBrief, DepartmentView, TagBrief, TagView};
use serde::Serialize;
use utoipa::ToSchema;

use crate::dialect::v1::say::Shows;
use crate::gate::Seen;

/// A category or tag beside a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct Label {
    /// Integer.
    pub id: i64,
    /// Name.
    pub name: String,
    /// `#rrggbb`.
    pub color: String,
}

impl From<&CategoryBrief> for Label {
    fn from(category: &CategoryBrief) -> Self {
        Self { id: category.serial, name: category.name.clone(), color: category.color.clone() }
    }
}

impl From<&TagBrief> for Label {
    fn from(tag: &TagBrief) -> Self {
        Self { id: tag.serial, name: tag.name.clone(), color: tag.color.clone() }
    }
}

/// A category or tag.
#[derive(Debug, Serialize, ToSchema)]
pub struct Entry {
    /// Integer.
    pub id: i64,
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
}

impl Shows<CategoryView> for Entry {
    fn show(view: &CategoryView, _: &Seen<'_>) -> Self {
        Self {
            id: view.brief.serial,
            name: view.brief.name.clone(),
            description: view.description.clone(),
            color: view.brief.color.clone(),
            ticket_count: view.ticket_count,
            created_at: view.created_at,
        }
    }
}

impl Shows<TagView> for Entry {
    fn show(view: &TagView, _: &Seen<'_>) -> Self {
        Self {
            id: view.brief.serial,
            name: view.brief.name.clone(),
            description: view.description.clone(),
            color: view.brief.color.clone(),
            ticket_count: view.ticket_count,
            created_at: view.created_at,
        }
    }
}

/// A department.
#[derive(Debug, Serialize, ToSchema)]
pub struct Department {
    /// Integer.
    pub id: i64,
    /// Name.
    pub name: String,
}

impl From<&DepartmentBrief> for Department {
    fn from(department: &DepartmentBrief) -> Self {
        Self { id: department.serial, name: department.name.clone() }
    }
}

impl Shows<DepartmentView> for Department {
    fn show(view: &DepartmentView, _: &Seen<'_>) -> Self {
        Self::from(&view.brief)
    }
}
