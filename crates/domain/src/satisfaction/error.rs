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
            Self::Invalid(_) => Kind::Invalid,
            Self::Store(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NoTicket | Self::NotRated => "RESOURCE_NOT_FOUND",
            Self::Forbidden => "PERMISSION_DENIED",
            Self::NotResolved(_) | Self::TooLate => "INVALID_TRANSITION",
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
