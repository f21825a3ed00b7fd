//! How links say no.

use thiserror::Error;

use crate::kernel::fault::{Fault, Kind, StoreError};
use crate::kernel::violation::Violations;

/// Why tickets were not linked, or a link not shown or ended.
#[derive(Debug, Error)]
pub enum LinkError {
    /// No such ticket, or none that the actor sees.
    #[error("Ticket not found.")]
    NoTicket,
    /// No such link of the ticket, or none that the actor sees.
    #[error("Link not found.")]
    NotFound,
    /// Links are made and ended by staff.
    #[error("You do not have permission to perform this action.")]
    Forbidden,
    /// The two are linked so already, in this or the other direction.
    #[error("The tickets are already linked in this way.")]
    Linked,
    /// The link goes when the merge or split that made it is undone.
    #[error("The link belongs to a merge or a split; undo that instead.")]
    NotFree,
    /// Fields at fault.
    #[error("{0}")]
    Invalid(#[from] Violations),
    /// Storage.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Fault for LinkError {
    fn kind(&self) -> Kind {
        match self {
            Self::NoTicket | Self::NotFound => Kind::NotFound,
            Self::Forbidden => Kind::Forbidden,
            Self::Linked | Self::NotFree => Kind::Conflict,
            Self::Invalid(_) => Kind::Invalid,
            Self::Store(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NoTicket | Self::NotFound => "RESOURCE_NOT_FOUND",
            Self::Forbidden => "PERMISSION_DENIED",
            Self::Linked | Self::NotFree => "CONFLICT",
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
            Self::Store(error) => error.violations(),
            _ => None,
        }
    }
}
