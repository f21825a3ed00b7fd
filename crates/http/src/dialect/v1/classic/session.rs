//! Logins, in classic.

use serde::Serialize;
use utoipa::ToSchema;

/// A login.
#[derive(Debug, Serialize, ToSchema)]
pub struct TokenPair {
    /// To ask with: `Authorization: Bearer`.
    pub access: String,
    /// To get the next access token with.
    pub refresh: String,
}

/// A renewal.
#[derive(Debug, Serialize, ToSchema)]
pub struct Access {
    /// To ask with: `Authorization: Bearer`.
    pub access: String,
}

/// Nothing to say but yes.
#[derive(Debug, Serialize, ToSchema)]
pub struct Verified {}
