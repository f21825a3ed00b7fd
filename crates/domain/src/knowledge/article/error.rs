//! How the knowledge base says no.

use thiserror::Error;

use crate::kernel::fault::{Fault, Kind, StoreError};
use crate::kernel::violation::Violations;

/// Why something was not done with an article or a category of articles.
#[derive(Debug, Error)]
pub enum ArticleError {
    /// No such article, or none that the reader may see.
    #[error("Article not found.")]
    NotFound,
    /// The article has no such version.
    #[error("Version not found.")]
    NoVersion,
    /// No such category here.
    #[error("Category not found.")]
    NoCategory,
    /// No such organization.
    #[error("Organization not found.")]
    NoOrganization,
    /// The actor's role does not reach.
    #[error("You do not have permission to perform this action.")]
    Forbidden,
    /// Articles or other categories are in it.
    #[error("It is still in use.")]
    InUse,
    /// Fields at fault.
    #[error("{0}")]
    Invalid(#[from] Violations),
    /// Storage.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Fault for ArticleError {
    fn kind(&self) -> Kind {
        match self {
            Self::NotFound | Self::NoVersion | Self::NoCategory | Self::NoOrganization => Kind::NotFound,
            Self::Forbidden => Kind::Forbidden,
            Self::InUse => Kind::Conflict,
            Self::Invalid(_) => Kind::Invalid,
            Self::Store(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotFound | Self::NoVersion | Self::NoCategory | Self::NoOrganization => "RESOURCE_NOT_FOUND",
            Self::Forbidden => "PERMISSION_DENIED",
            Self::InUse => "CONFLICT",
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
