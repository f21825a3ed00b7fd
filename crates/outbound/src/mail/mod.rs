//! Mail: letters made of the outbox's messages, and SMTP.

mod compose;
mod smtp;

pub use compose::{Composer, Letter, Links, Unwritable};
pub use smtp::{Smtp, SmtpSettings, StartTls, Unreachable};
