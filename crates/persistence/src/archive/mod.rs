//! A whole organization as lines of JSON, out of a database and into another one, of whichever kind.
//!
//! The tables are not listed here: the database is asked which tables it has, what they refer to, and so which of their rows
//! belong to an organization ([`schema`]). What only waits or lasts for a while stays behind, and indexes of words are made
//! again. Integer ids stay what they are, so that an organization comes into a database that nobody else uses.

mod error;
mod export;
mod header;
mod import;
mod schema;
mod value;

pub use error::ArchiveError;
pub use header::Header;
pub use import::Importer;
