//! Seeds 001 and 003: UUIDs, `{"error": {…}}`, tags by name, deadlines with every ticket.

pub mod bulk;
pub mod macros;
mod refusal;
pub mod replay;
pub mod routing;
pub mod rule;
pub mod session;
pub mod taxonomy;
pub mod ticket;
pub mod user;
pub mod webhook;

pub use refusal::{Refusal, refuse};
