//! The event log: what happened, in order, and what the world may hear of it. History entries, and
//! everything that is ever sent to anybody, are projections of it.

mod catalog;
mod error;
mod happened;
mod history;
mod model;
pub mod port;
mod service;
mod subject;

pub use catalog::{CatalogChange, CatalogKind};
pub use error::EventError;
pub use happened::{FieldChange, Happened, Named, NamedTicket};
pub use history::HistoryEntry;
pub use model::{Event, Recorded};
pub use service::EventLog;
pub use subject::Subject;
