//! The use cases of files.

mod attach;
mod intake;
mod portrait;
mod read;

pub(crate) use attach::with_ticket;
pub use intake::Intake;
pub use portrait::Portraits;
pub use read::Located;

use std::sync::Arc;

use super::FileError;
use super::port::{ContentInspector, ContentStore, FileRepository, LinkSigner, ObjectLedger};
use crate::identity::port::IdentityRepository;
use crate::kernel::clock::{Clock, Ids};
use crate::ticket::port::TicketRepository;
use crate::work::UnitOfWork;

/// What the use cases of files need from outside.
#[derive(Clone)]
pub struct Files {
    /// Files to show and to decide on.
    pub files: Arc<dyn FileRepository>,
    /// Objects that no row speaks of.
    pub ledger: Arc<dyn ObjectLedger>,
    /// Contents.
    pub contents: Arc<dyn ContentStore>,
    /// What contents are.
    pub inspector: Arc<dyn ContentInspector>,
    /// Links to contents.
    pub signer: Arc<dyn LinkSigner>,
    /// Tickets that files are attached to.
    pub tickets: Arc<dyn TicketRepository>,
    /// People.
    pub people: Arc<dyn IdentityRepository>,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Fresh identities.
    pub ids: Arc<dyn Ids>,
}

type Result<T> = std::result::Result<T, FileError>;

#[cfg(test)]
mod tests;
