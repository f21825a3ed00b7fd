//! How automation says no.

use thiserror::Error;

use crate::kernel::fault::{Fault, Kind, StoreError};
use crate::kernel::violation::Violations;
use crate::ticket::TicketError;

/// Why something was not done with a rule or a macro.
#[derive(Debug, Error)]
pub enum RuleError {
    /// No such rule here.
    #[error("Rule not found.")]
    NotFound,
    /// No such macro, or none that the actor may see.
    #[error("Macro not found.")]
    NoMacro,
    /// Somebody else's macro would be hidden from everybody but them.
    #[error("Only its author can make a macro private.")]
    NotYours,
    /// The actor's role does not reach.
    #[error("You do not have permission to perform this action.")]
    Forbidden,
    /// There are as many as an organization may have.
    #[error("An organization has at most 200 rules.")]
    TooMany,
    /// Fields at fault.
    #[error("{0}")]
    Invalid(#[from] Violations),
    /// The ticket does not allow it.
    #[error(transparent)]
    Ticket(#[from] TicketError),
    /// Storage.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Fault for RuleError {
    fn kind(&self) -> Kind {
        match self {
            Self::NotFound | Self::NoMacro => Kind::NotFound,
            Self::Forbidden | Self::NotYours => Kind::Forbidden,
            Self::Ticket(error) => error.kind(),
            Self::TooMany => Kind::Conflict,
            Self::Invalid(error) => error.kind(),
            Self::Store(error) => error.kind(),
        }
    }

    fn below(&self) -> Option<&dyn Fault> {
        match self {
            Self::Invalid(error) => Some(error),
            Self::Ticket(error) => Some(error),
            Self::Store(error) => Some(error),
            _ => None,
        }
    }
}
