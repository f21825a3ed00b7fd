//! Saved filters (seed 002): questions to the ticket list that are kept under a name, for oneself or for everybody.

pub mod command;
mod error;
mod model;
pub mod policy;
pub mod port;
mod service;
mod view;

pub use error::FilterError;
pub use model::{FilterChange, SavedFilter, SavedFilterState};
pub use service::SavedFilters;
pub use view::SavedFilterView;

#[cfg(test)]
mod tests;
