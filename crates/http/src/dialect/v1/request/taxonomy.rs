//! Categories, tags and departments, as clients write them.

use helpdesk_domain::kernel::id::Target;
use helpdesk_domain::taxonomy::command::{Create, Edit};
use serde::Deserialize;
use utoipa::ToSchema;

/// A category, tag or department to make or to change. Departments have a name only.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct Entry {
    /// Name; 100 characters, of a tag 50.
    #[schema(max_length = 100)]
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// `#rgb` or `#rrggbb`.
    #[schema(example = "#007bff")]
    pub color: Option<String>,
}

impl Entry {
    /// To be made.
    pub fn into_creation(self) -> Create {
        Create { name: self.name, description: self.description, color: self.color }
    }

    /// To be changed.
    pub fn into_edit(self, target: Target) -> Edit {
        Edit { target, name: self.name, description: self.description, color: self.color }
    }
}
