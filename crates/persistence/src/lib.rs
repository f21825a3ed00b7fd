//! Everything that is kept, in SQLite or PostgreSQL: implements the repository ports and the unit of work of
//! `helpdesk-domain`.

mod account_tally;
mod analytics;
mod api_key;
mod attachment;
mod authored;
mod bulk;
mod column;
mod days;
mod delivery;
mod entity;
mod event;
mod fault;
mod field_service;
mod filter;
mod idempotency;
mod identity;
mod knowledge;
mod mail;
mod notification;
mod organization;
mod page;
mod portable;
mod realtime;
mod reindex;
mod rejection;
pub mod search;
mod sessions;
mod sla;
mod sql;
mod store;
mod sweep;
pub mod tally;
mod taxonomy;
mod template;
mod ticket;
mod ticket_reader;
mod webhook;
mod work;

pub use bulk::{Loaded, Loader};
pub use realtime::Relay;
pub use store::{News, Options, Store};
pub use sweep::Swept;
