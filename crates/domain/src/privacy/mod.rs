//! What is kept of a person: taking all of it out, and erasing it.

mod erasure;
mod error;
mod export;
mod model;
pub mod port;
mod service;
#[cfg(test)]
mod tests;

pub use erasure::{ERASED, ERASED_USER, ErasedPerson, RewrittenEvent};
pub use error::PrivacyError;
pub use export::{PersonalExport, PersonalPart};
pub use model::{Erasure, PersonalRecord, PersonalView, Section};
pub use service::Privacy;
