//! Logins and the tokens that prove them.

use uuid::Uuid;

use crate::kernel::clock::Moment;
use crate::kernel::id::{SessionId, UserId};

/// One login. Its tokens are good while it lasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Identity; in every token of the login.
    pub id: SessionId,
    /// Whose login it is.
    pub user: UserId,
    /// Which API the login was made for; opaque to the domain, carried by the tokens.
    pub audience: String,
    /// The id of the one refresh token that is good; an older one has been spent.
    pub refresh_id: Uuid,
    /// For how many days a refresh token is good.
    pub days: i64,
    /// When the login was made.
    pub created_at: Moment,
    /// When its refresh token ends.
    pub expires_at: Moment,
    /// When it was ended before its time.
    pub revoked_at: Option<Moment>,
}

impl Session {
    /// Whether its tokens are still good.
    pub fn is_live(&self, now: Moment) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }
}

/// What a token is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenUse {
    /// To ask.
    Access,
    /// To get another access token.
    Refresh,
    /// To ask with, kept by a browser; good for as long as the login.
    Cookie,
}

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    /// Its own id.
    pub id: Uuid,
    /// What it is good for.
    pub usage: TokenUse,
    /// The login it belongs to.
    pub session: SessionId,
    /// Whose it is.
    pub user: UserId,
    /// The API it was issued for.
    pub audience: String,
    /// When it was issued.
    pub issued_at: Moment,
    /// When it ends.
    pub expires_at: Moment,
}
