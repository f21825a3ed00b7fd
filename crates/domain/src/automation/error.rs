//! How automation says no.

use thiserror::Error;

use crate::kernel::fault::{Fault, Kind, StoreError};
use crate::kernel::violation::Violations;

/// Why something was not done with a rule.
#[derive(Debug, Error)]
pub enum RuleError {
    /// No such rule here.
    #[error("Rule not found.")]
    NotFound,
    /// The actor's role does not reach.
    #[error("You do not have permission to perform this action.")]
    Forbidden,
    /// There are as many as an organization may have.
    #[error("An organization has at most 200 rules.")]
    TooMany,
    /// Fields at fault.
    #[error("{0}")]
    Invalid(#[from] Violations),
    /// Storage.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Fault for RuleError {
    fn kind(&self) -> Kind {
        match self {
            Self::NotFound => Kind::NotFound,
            Self::Forbidden => Kind::Forbidden,
            Self::TooMany => Kind::Conflict,
            Self::Invalid(_) => Kind::Invalid,
            Self::Store(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "RESOURCE_NOT_FOUND",
            Self::Forbidden => "PERMISSION_DENIED",
            Self::TooMany => "CONFLICT",
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
