//! What a mail says. Its JSON is stored in the outbox: fields are only ever added.

use serde::{Deserialize, Serialize};

use crate::kernel::id::{ResetId, UserId};

/// What a mail says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Message {
    /// To somebody whose new account waits for approval.
    AccountReceived,
    /// To somebody whose account has been let in.
    AccountApproved,
    /// To somebody whose account has been turned down.
    AccountRejected {
        /// Why, if a reason was given.
        reason: Option<String>,
    },
    /// To somebody who forgot the password. The link's secret is made of the reset when the letter is written
    /// ([`crate::identity::port::Secrets::of_reset`]): the outbox does not hold it.
    PasswordReset {
        /// What the link is good for.
        reset: ResetId,
        /// Whose it is.
        user: UserId,
    },
    /// To somebody whose account was made by an admin, and who is to choose a password.
    PasswordWanted {
        /// What the link is good for.
        reset: ResetId,
        /// Whose it is.
        user: UserId,
    },
}

impl Message {
    /// The kind's word, as stored and as templates are called.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::AccountReceived => "account_received",
            Self::AccountApproved => "account_approved",
            Self::AccountRejected { .. } => "account_rejected",
            Self::PasswordReset { .. } => "password_reset",
            Self::PasswordWanted { .. } => "password_wanted",
        }
    }
}
