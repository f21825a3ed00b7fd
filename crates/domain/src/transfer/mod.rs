//! Merging tickets into one, and splitting one into two: comments and files go from ticket to ticket, and can go back.

mod error;
mod merge;
mod model;
pub mod port;
mod service;
mod split;
#[cfg(test)]
mod tests;

pub use error::TransferError;
pub use merge::Readers;
pub use model::{Before, Moved, Transfer, TransferKind};
pub use service::Transfers;
pub use split::SplitTicket;
