//! What people are told by mail. A mail is a typed message in an outbox, written by the commit that it tells of; words
//! and letters are made of it when it is sent.

mod message;
mod model;
pub mod port;

pub use message::Message;
pub use model::{Mail, Mailbox, OutboxEntry, OutboxState};
