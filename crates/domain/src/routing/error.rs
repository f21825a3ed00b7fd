//! How routing says no.

use thiserror::Error;

use crate::kernel::fault::{Fault, Kind, StoreError};
use crate::kernel::violation::Violations;

/// Why something was not done with routes, or with how people are given tickets.
#[derive(Debug, Error)]
pub enum RoutingError {
    /// No such route.
    #[error("Route not found.")]
    NoRoute,
    /// No such person, or none that the actor may see, or nobody who is given tickets.
    #[error("User not found.")]
    NoAgent,
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

impl Fault for RoutingError {
    fn kind(&self) -> Kind {
        match self {
            Self::NoRoute | Self::NoAgent => Kind::NotFound,
            Self::Forbidden => Kind::Forbidden,
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
