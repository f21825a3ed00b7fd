//! How files say no.

use thiserror::Error;

use crate::kernel::fault::{Fault, Kind, StoreError};
use crate::kernel::violation::Violations;

/// Why something was not done with a file.
#[derive(Debug, Error)]
pub enum FileError {
    /// No such file, or none that the actor may read.
    #[error("File not found.")]
    NotFound,
    /// No such ticket, or none that the actor sees.
    #[error("Ticket not found.")]
    NoTicket,
    /// The ticket was merged into another, which takes files instead.
    #[error("The ticket has been merged into another.")]
    Merged,
    /// The link is not ours, is for something else, or has ended.
    #[error("Given token not valid or expired.")]
    BadLink,
    /// The actor's role does not reach.
    #[error("You do not have permission to perform this action.")]
    Forbidden,
    /// Fields at fault.
    #[error("{0}")]
    Invalid(#[from] Violations),
    /// Storage.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Fault for FileError {
    fn kind(&self) -> Kind {
        match self {
            Self::NotFound | Self::NoTicket => Kind::NotFound,
            Self::BadLink => Kind::Unauthenticated,
            Self::Forbidden => Kind::Forbidden,
            Self::Merged => Kind::Conflict,
            Self::Invalid(error) => error.kind(),
            Self::Store(error) => error.kind(),
        }
    }

    fn below(&self) -> Option<&dyn Fault> {
        match self {
            Self::Invalid(error) => Some(error),
            Self::Store(error) => Some(error),
            _ => None,
        }
    }
}
