//! Articles of the knowledge base (seed 001): staff write them, everybody reads those that are published.

mod categories;
mod category;
pub mod command;
mod error;
mod model;
pub mod policy;
pub mod port;
mod service;
mod tags;
mod view;

pub use categories::ArticleCategories;
pub use category::ArticleCategory;
pub use error::ArticleError;
pub use model::{Article, ArticleChange, ArticleState, ArticleStatus, MOST_TAGS, Seo, Vote};
pub use service::Articles;
pub use view::{ArticleCategoryBrief, ArticleCategoryView, ArticleView, VersionView};

#[cfg(test)]
mod tests;
