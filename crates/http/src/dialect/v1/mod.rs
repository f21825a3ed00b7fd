//! `/api/v1`: one routing table and one set of liberal requests; two voices to answer in, `platform` and `classic`.

pub mod auth;
pub mod classic;
pub mod comments;
pub mod events;
mod gate;
pub mod lifecycle;
pub mod platform;
mod rebuild;
pub mod request;
mod routes;
mod say;
mod stats;
mod table;
pub mod taxonomy;
pub mod tickets;
pub mod users;
mod vocabulary;

pub use routes::{document, scope};
pub use table::table;
