//! Everything that is kept, in SQLite or PostgreSQL: implements the repository ports and the unit of work of
//! `helpdesk-domain`.

mod fault;
mod portable;
pub mod search;
mod store;
pub mod tally;
mod ticket_reader;

pub use store::{Options, Store};
