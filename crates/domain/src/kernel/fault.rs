//! How a use case says no.

use thiserror::Error;

use super::violation::Violations;

/// What sort of refusal it is; an adapter maps each kind to one status of its protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The request makes no sense as given.
    Invalid,
    /// Nobody proved who is asking.
    Unauthenticated,
    /// The asker may not do this.
    Forbidden,
    /// There is no such thing, or none that the asker may see.
    NotFound,
    /// The thing is in a state that does not allow it.
    Conflict,
    /// Somebody else changed it since it was read.
    Stale,
    /// A dependency does not answer; try again.
    Unavailable,
    /// Our mistake.
    Bug,
}

impl Kind {
    /// The word for it where there is no better one.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invalid => "VALIDATION_ERROR",
            Self::Unauthenticated => "AUTHENTICATION_REQUIRED",
            Self::Forbidden => "PERMISSION_DENIED",
            Self::NotFound => "RESOURCE_NOT_FOUND",
            Self::Conflict => "CONFLICT",
            Self::Stale => "PRECONDITION_FAILED",
            Self::Unavailable => "SERVICE_UNAVAILABLE",
            Self::Bug => "INTERNAL_ERROR",
        }
    }
}

/// A refusal that an adapter can put into its own words.
pub trait Fault: std::error::Error {
    /// Its kind.
    fn kind(&self) -> Kind;
    /// The refusal of something below that it only passes on.
    fn below(&self) -> Option<&dyn Fault> {
        None
    }
    /// A better word than that of its kind.
    fn word(&self) -> Option<&'static str> {
        None
    }
    /// A stable word for it, in capitals (`INVALID_TRANSITION`).
    fn code(&self) -> &'static str {
        self.word().or_else(|| self.below().map(|below| below.code())).unwrap_or_else(|| self.kind().code())
    }
    /// Whether deciding again on fresh data may succeed.
    fn is_race(&self) -> bool {
        self.below().is_some_and(|below| below.is_race())
    }
    /// The fields at fault, where the kind is [`Kind::Invalid`].
    fn violations(&self) -> Option<&Violations> {
        self.below().and_then(|below| below.violations())
    }
}

impl Fault for Violations {
    fn kind(&self) -> Kind {
        Kind::Invalid
    }

    fn violations(&self) -> Option<&Violations> {
        Some(self)
    }
}

/// What can go wrong between the domain and where things are kept.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The aggregate was written by somebody else since it was read.
    #[error("changed by somebody else in the meantime")]
    Stale,
    /// A unique value is taken; the name of the rule, e.g. `user_email`.
    #[error("already taken: {0}")]
    Taken(String),
    /// The idempotency key of the request has already been spent, by an earlier or a concurrent request.
    #[error("idempotency key already used")]
    KeySpent,
    /// What was asked for makes no sense to the store, e.g. the cursor of another list.
    #[error("{0}")]
    Invalid(Violations),
    /// The store does not answer.
    #[error("store unavailable")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Anything else: our mistake.
    #[error("store failed")]
    Bug(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Fault for StoreError {
    fn kind(&self) -> Kind {
        match self {
            Self::Stale => Kind::Stale,
            Self::Taken(_) | Self::KeySpent => Kind::Conflict,
            Self::Invalid(_) => Kind::Invalid,
            Self::Unavailable(_) => Kind::Unavailable,
            Self::Bug(_) => Kind::Bug,
        }
    }

    fn word(&self) -> Option<&'static str> {
        matches!(self, Self::KeySpent).then_some("IDEMPOTENCY_KEY_SPENT")
    }

    fn is_race(&self) -> bool {
        matches!(self, Self::Stale | Self::Taken(_))
    }

    fn violations(&self) -> Option<&Violations> {
        if let Self::Invalid(violations) = self { Some(violations) } else { None }
    }
}
