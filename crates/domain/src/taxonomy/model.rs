//! Categories, tags and departments, as they are kept and as they are shown.

use crate::kernel::clock::Moment;
use crate::kernel::id::{CategoryId, DepartmentId, OrganizationId, Revision, Serial, TagId};
use crate::kernel::text::{Color, Label, Note, TagName};

/// Slug and name of the seven categories that every organization starts with (seed 000).
pub const HELP_CATEGORIES: [(&str, &str); 7] = [
    ("technical", "Technical"),
    ("account", "Account"),
    ("general", "General"),
    ("bug_report", "Bug Report"),
    ("feature_request", "Feature Request"),
    ("billing", "Billing"),
    ("other", "Other"),
];

/// The three departments that every organization starts with (seed 004).
pub const STANDARD_DEPARTMENTS: [&str; 3] = ["IT Department", "Asset Department", "Budget Department"];

/// What a ticket is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Identity.
    pub id: CategoryId,
    /// Tenant.
    pub organization: OrganizationId,
    /// Unique in the organization, without regard to case.
    pub name: Label,
    /// Unique in the organization.
    pub slug: String,
    /// What belongs into it.
    pub description: Note,
    /// How it is painted.
    pub color: Color,
    /// Made.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often written.
    pub revision: Revision,
}

/// A free label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Identity.
    pub id: TagId,
    /// Tenant.
    pub organization: OrganizationId,
    /// Unique in the organization, without regard to case.
    pub name: TagName,
    /// What it is for.
    pub description: Note,
    /// How it is painted.
    pub color: Color,
    /// Made.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often written.
    pub revision: Revision,
}

/// Who in the organization a ticket belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Department {
    /// Identity.
    pub id: DepartmentId,
    /// Tenant.
    pub organization: OrganizationId,
    /// Unique in the organization, without regard to case.
    pub name: Label,
    /// Made.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often written.
    pub revision: Revision,
}

/// A category beside a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryBrief {
    /// UUID.
    pub id: CategoryId,
    /// Integer.
    pub serial: Serial,
    /// Name.
    pub name: String,
    /// Slug.
    pub slug: String,
    /// Colour, `#rrggbb`.
    pub color: String,
}

/// A tag beside a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagBrief {
    /// UUID.
    pub id: TagId,
    /// Integer.
    pub serial: Serial,
    /// Name.
    pub name: String,
    /// Colour, `#rrggbb`.
    pub color: String,
}

/// A department beside a ticket or a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepartmentBrief {
    /// UUID.
    pub id: DepartmentId,
    /// Integer.
    pub serial: Serial,
    /// Name.
    pub name: String,
}

/// A category, shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryView {
    /// Identity, name, colour.
    pub brief: CategoryBrief,
    /// What belongs into it.
    pub description: String,
    /// How many tickets have it.
    pub ticket_count: u64,
    /// Made.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often written.
    pub revision: Revision,
}

/// A tag, shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagView {
    /// Identity, name, colour.
    pub brief: TagBrief,
    /// What it is for.
    pub description: String,
    /// How many tickets have it.
    pub ticket_count: u64,
    /// Made.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often written.
    pub revision: Revision,
}

/// A department, shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepartmentView {
    /// Identity and name.
    pub brief: DepartmentBrief,
    /// How often written.
    pub revision: Revision,
}
