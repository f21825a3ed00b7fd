//! What tickets are filed under: categories, tags, departments.

pub mod command;
mod error;
mod model;
pub mod port;
mod service;

pub use error::TaxonomyError;
pub use model::{
    Category, CategoryBrief, CategoryView, Department, DepartmentBrief, DepartmentView, HELP_CATEGORIES, STANDARD_DEPARTMENTS,
    Tag, TagBrief, TagView,
};
pub use service::Taxonomy;
