//! Outgoing webhooks: programs that are told what happens, each what it asked for. What they are told is fixed by the
//! commit that it tells of ([`told`]) and brought by [`crate::delivery::Courier`].

pub mod command;
mod error;
mod filter;
mod model;
mod pauses;
mod payload;
pub mod policy;
pub mod port;
mod service;
#[cfg(test)]
pub(crate) mod tests;
mod view;

pub use error::WebhookError;
pub use filter::EventFilter;
pub use model::{Webhook, WebhookChange, WebhookState};
pub use pauses::Pauses;
pub use payload::{Listener, TicketNames, told};
pub use service::Webhooks;
pub use view::WebhookView;
