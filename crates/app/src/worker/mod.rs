//! What runs beside the server.

mod mail;

pub use mail::MailWorker;
