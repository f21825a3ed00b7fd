//! Links between tickets: each is seen from both ends, with a word of its own at each.

mod error;
mod kind;
mod model;
pub mod port;
mod service;
#[cfg(test)]
mod tests;

pub use error::LinkError;
pub use kind::{LinkKind, Relation};
pub use model::{LinkView, TicketLink};
pub use service::{AddLink, Links};
