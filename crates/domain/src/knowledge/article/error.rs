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
