//! What the first line of a file says.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What the first line of a file says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The version of the program that wrote it.
    pub helpdesk: String,
    /// The migrations that its database had run: both databases must have the same shape.
    pub migrations: Vec<String>,
    /// Slug of the organization.
    pub organization: String,
    /// How many rows of each table follow.
    pub rows: BTreeMap<String, u64>,
}

impl Header {
    /// How many rows follow.
    pub fn total(&self) -> u64 {
        self.rows.values().sum()
    }
}
