//! `/api/v1`: one routing table and one set of liberal requests; two voices to answer in, `platform` and `classic`.

pub mod analytics;
pub mod api_keys;
pub mod article_categories;
pub mod articles;
pub mod audit;
pub mod auth;
pub mod bulk;
pub mod classic;
pub mod comments;
pub mod customers;
pub mod events;
pub mod export;
pub mod files;
pub mod filters;
pub mod integrations;
pub mod lifecycle;
pub mod links;
pub mod locations;
pub mod macros;
pub mod mail_preferences;
pub mod notifications;
mod organizations;
pub mod platform;
pub mod privacy;
pub mod realtime;
mod rebuild;
pub mod request;
mod routes;
pub mod routing;
pub mod rules;
pub mod satisfaction;
mod say;
pub mod shape;
pub mod sla;
pub mod sla_calendars;
pub mod sla_policies;
mod spreadsheet;
mod stats;
pub mod suggestions;
mod table;
pub mod taxonomy;
pub mod templates;
pub mod tickets;
pub mod transfers;
pub mod users;
mod vocabulary;
mod voice;
pub mod webhooks;
pub mod work_orders;
pub mod work_parts;

pub use routes::{document, scope, sockets};
pub use table::table;
pub use voice::Voice;

/// Somebody who asks in one of the two voices.
pub type Caller = crate::gate::Caller<Voice>;
/// Anybody who asks in one of them.
pub type Visitor = crate::gate::Visitor<Voice>;
