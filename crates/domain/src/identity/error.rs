//! How identity says no.

use thiserror::Error;

use crate::kernel::fault::{Fault, Kind, StoreError};
use crate::kernel::violation::{Problem, Violations};

/// Why an account or a login was refused.
#[derive(Debug, Error)]
pub enum IdentityError {
    /// Unknown address or wrong password; deliberately the same.
    #[error("Invalid credentials.")]
    BadCredentials,
    /// Right password, but nobody has approved the account yet.
    #[error("Your account has not been approved yet.")]
    NotApproved,
    /// The token is unknown, spent, ended or revoked.
    #[error("Token is invalid or expired.")]
    BadToken,
    /// The actor's role does not reach.
    #[error("You do not have permission to perform this action.")]
    Forbidden,
    /// No such key here.
    #[error("API key not found.")]
    KeyNotFound,
    /// No such user here.
    #[error("User not found.")]
    NotFound,
    /// Somebody has decided about the account already.
    #[error("Only pending accounts can be approved or rejected.")]
    NotPending,
    /// The organization would be left without an admin.
    #[error("The last admin cannot be removed or demoted.")]
    LastAdmin,
    /// Its time was moved.
    #[error("A sandbox whose time was moved stays one.")]
    SandboxMoved,
    /// Fields at fault.
    #[error("{0}")]
    Invalid(#[from] Violations),
    /// Storage.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for IdentityError {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::Taken(what) if what.contains("email") => Violations::one("email", Problem::Taken).into(),
            StoreError::Taken(what) if what.contains("username") => Violations::one("username", Problem::Taken).into(),
            _ => Self::Store(error),
        }
    }
}

impl Fault for IdentityError {
    fn kind(&self) -> Kind {
        match self {
            Self::BadCredentials | Self::BadToken => Kind::Unauthenticated,
            Self::NotApproved | Self::Forbidden => Kind::Forbidden,
            Self::NotFound | Self::KeyNotFound => Kind::NotFound,
            Self::NotPending | Self::LastAdmin | Self::SandboxMoved => Kind::Conflict,
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
            Self::NotApproved => Some("ACCOUNT_NOT_APPROVED"),
            Self::NotPending => Some("INVALID_TRANSITION"),
            _ => None,
        }
    }
}
