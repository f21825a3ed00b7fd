//! What people are told in the desk itself: read from the event log ([`NotificationNews`]), each person's own
//! ([`Notifications`]), of the kinds that they want ([`NotificationPreferences`]).

mod concerned;
mod error;
mod kind;
mod message;
mod model;
mod news;
pub mod port;
mod preferences;
mod service;
mod view;

pub use error::NotificationError;
pub use kind::NotificationKind;
pub use message::Message;
pub use model::{Notification, Recipient, TicketAudience, WorkAudience};
pub use news::NotificationNews;
pub use preferences::NotificationPreferences;
pub use service::Notifications;
pub use view::{NotificationView, TicketMention, WorkMention};

#[cfg(test)]
mod tests;
