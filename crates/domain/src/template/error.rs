//! How response templates say no.

use thiserror::Error;

use crate::kernel::fault::{Fault, Kind, StoreError};
use crate::kernel::violation::Violations;

/// Why something was not done with a response template.
#[derive(Debug, Error)]
pub enum TemplateError {
    /// No such template, or none that the actor may see.
    #[error("Template not found.")]
    NotFound,
    /// The actor's role does not reach.
    #[error("You do not have permission to perform this action.")]
    Forbidden,
    /// Somebody else's template would be hidden from everybody but them.
    #[error("Only its author can make a template private.")]
    NotYours,
    /// Fields at fault.
    #[error("{0}")]
    Invalid(#[from] Violations),
    /// Storage.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Fault for TemplateError {
    fn kind(&self) -> Kind {
        match self {
            Self::NotFound => Kind::NotFound,
            Self::Forbidden | Self::NotYours => Kind::Forbidden,
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
