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
