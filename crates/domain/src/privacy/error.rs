//! How privacy says no.

use thiserror::Error;

use crate::kernel::fault::{Fault, Kind, StoreError};

/// Why a person was not taken out, or not erased.
#[derive(Debug, Error)]
pub enum PrivacyError {
    /// No such person here.
    #[error("User not found.")]
    NotFound,
    /// It is for admins.
    #[error("You do not have permission to perform this action.")]
    Forbidden,
    /// The organization would be left without an admin.
    #[error("The last admin cannot be erased.")]
    LastAdmin,
    /// Storage.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Fault for PrivacyError {
    fn kind(&self) -> Kind {
        match self {
            Self::NotFound => Kind::NotFound,
            Self::Forbidden => Kind::Forbidden,
            Self::LastAdmin => Kind::Conflict,
            Self::Store(error) => error.kind(),
        }
    }

    fn below(&self) -> Option<&dyn Fault> {
        if let Self::Store(error) = self { Some(error) } else { None }
    }
}
