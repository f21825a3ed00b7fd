//! What the log knows of categories, tags and departments.

use serde::{Deserialize, Serialize};

/// What tickets are filed under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CatalogKind {
    /// What a ticket is about.
    Category,
    /// A free label.
    Tag,
    /// Whose ticket it is.
    Department,
}

impl CatalogKind {
    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::Tag => "tag",
            Self::Department => "department",
        }
    }
}

/// What became of a category, tag or department.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CatalogChange {
    /// Made.
    Created,
    /// Changed.
    Updated,
    /// Gone.
    Deleted,
}
