//! Logins, in platform.

use helpdesk_domain::identity::TokenPair;
use serde::Serialize;
use utoipa::ToSchema;

use super::user::User;
use crate::dialect::v1::say::Shows;
use crate::gate::Seen;

/// A login, or its renewal.
#[derive(Debug, Serialize, ToSchema)]
pub struct Session {
    /// To ask with: `Authorization: Bearer`.
    pub access_token: String,
    /// To get the next pair with; good once.
    pub refresh_token: String,
    /// Always `bearer`.
    pub token_type: String,
    /// Whose it is.
    pub user: User,
    /// Seconds that the access token is good for.
    pub expires_in: i64,
}

impl Session {
    /// The tokens as platform shows them.
    pub fn new(pair: &TokenPair, seen: &Seen<'_>) -> Self {
        Self {
            access_token: pair.access.clone(),
            refresh_token: pair.refresh.clone(),
            token_type: "bearer".to_owned(),
            user: User::show(&pair.user, seen),
            expires_in: pair.expires_in,
        }
    }
}
