//! Where articles stand: a tree.

use crate::kernel::clock::Moment;
use crate::kernel::id::{ArticleCategoryId, OrganizationId, Revision};
use crate::kernel::text::{Color, Label, Note};

/// A category of articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleCategory {
    /// Identity.
    pub id: ArticleCategoryId,
    /// Tenant.
    pub organization: OrganizationId,
    /// Unique among the categories of the same parent, without regard to case.
    pub name: Label,
    /// What belongs into it.
    pub description: Note,
    /// How it is painted.
    pub color: Color,
    /// What it is a part of; never itself, nor a part of its own.
    pub parent: Option<ArticleCategoryId>,
    /// Made.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often written.
    pub revision: Revision,
}
