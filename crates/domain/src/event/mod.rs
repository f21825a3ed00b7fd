//! The event log: what happened, in order, and what the world may hear of it. History entries, and
//! everything that is ever sent to anybody, are projections of it.

mod catalog;
mod error;
mod happened;
mod history;
mod model;
mod named;
mod origin;
pub mod port;
mod projection;
mod public;
mod service;
mod subject;

pub use catalog::{CatalogChange, CatalogKind};
pub use error::EventError;
pub use happened::{Happened, WorkOrderHappened};
pub use history::HistoryEntry;
pub use model::{Event, Recorded};
pub use named::{FieldChange, Named, NamedTicket};
pub use origin::{ByRoute, ByRule, Origin};
#[cfg(any(test, feature = "mocks"))]
pub use projection::MockProjection;
pub use projection::{LogReader, Place, Projection, Projector};
pub use public::{RATING, TECHNICIANS_READ};
pub use service::EventLog;
pub use subject::Subject;
