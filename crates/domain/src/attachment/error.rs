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
            Self::Invalid(_) => Kind::Invalid,
            Self::Store(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotFound | Self::NoTicket => "RESOURCE_NOT_FOUND",
            Self::BadLink => "AUTHENTICATION_REQUIRED",
            Self::Forbidden => "PERMISSION_DENIED",
            Self::Merged => "CONFLICT",
            Self::Invalid(_) => "VALIDATION_ERROR",
            Self::Store(error) => error.code(),
        }
    }

    fn is_race(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_race())
    }

    fn violations(&self) -> Option<&Violations> {
        match self {
            Self::Invalid(violations) => Some(violations),
            _ => None,
        }
    }
}
