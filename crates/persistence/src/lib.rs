//! Everything that is kept, in SQLite or PostgreSQL: implements the repository ports and the unit of work of
//! `helpdesk-domain`.

mod fault;
mod portable;
mod store;

pub use store::{Options, Store};
