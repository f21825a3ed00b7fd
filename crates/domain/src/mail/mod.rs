//! What people are told by mail. A mail is a typed message in an outbox, written by the commit that it tells of or, for
//! tickets, read from the event log ([`TicketNews`]); letters are made of it when it is sent ([`Post`]).

mod kind;
mod message;
mod model;
mod news;
pub mod port;
mod post;
mod preferences;
#[cfg(test)]
mod tests;

pub use kind::MailKind;
pub use message::{Message, TicketBrief};
pub use model::{Addressee, Correspondence, Mail, Mailbox, OutboxEntry, OutboxState};
pub use news::TicketNews;
pub use port::Undelivered;
pub use post::Post;
pub use preferences::{MailPreferences, PreferenceError};
