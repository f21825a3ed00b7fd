//! How ratings say no.

use thiserror::Error;

use crate::kernel::fault::{Fault, Kind, StoreError};
use crate::kernel::violation::Violations;
use crate::ticket::Status;

/// Why a ticket was not rated, or its rating not shown.
#[derive(Debug, Error)]
pub enum SatisfactionError {
    /// No such ticket, or none that the actor sees.
    #[error("Ticket not found.")]
    NoTicket,
    /// Nobody has rated it.
    #[error("The ticket has not been rated.")]
    NotRated,
    /// Requesters rate; they and staff read.
    #[error("You do not have permission to perform this action.")]
    Forbidden,
    /// Only what is resolved or closed is rated.
    #[error("Cannot rate a ticket that is {}.", .0.word())]
    NotResolved(Status),
    /// A rating stays as it is after the time in which the ticket could be reopened.
    #[error("The rating can no longer be changed.")]
    TooLate,
    /// Fields at fault.
    #[error("{0}")]
    Invalid(#[from] Violations),
    /// Storage.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Fault for SatisfactionError {
    fn kind(&self) -> Kind {
        match self {
            Self::NoTicket | Self::NotRated => Kind::NotFound,
            Self::Forbidden => Kind::Forbidden,
            Self::NotResolved(_) | Self::TooLate => Kind::Conflict,
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

    fn word(&self) -> Option<&'static str> {
        match self {
            Self::NotResolved(_) | Self::TooLate => Some("INVALID_TRANSITION"),
            _ => None,
        }
    }
}
