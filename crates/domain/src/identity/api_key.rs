//! Keys for programs: they act as whoever made them, within what the key is for.

use std::collections::BTreeSet;

use super::SecretDigest;
use crate::kernel::clock::Moment;
use crate::kernel::id::{ApiKeyId, OrganizationId, UserId};

/// What a key may be used for. Whatever it says, its maker's role is the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Reading tickets and what belongs to them.
    TicketsRead,
    /// Opening, changing and answering tickets.
    TicketsWrite,
    /// Everything.
    Admin,
}

impl Scope {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::TicketsRead, Self::TicketsWrite, Self::Admin];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::TicketsRead => "tickets:read",
            Self::TicketsWrite => "tickets:write",
            Self::Admin => "admin",
        }
    }

    /// The scope of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.word() == word)
    }
}

/// A key for a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Identity.
    pub id: ApiKeyId,
    /// Tenant.
    pub organization: OrganizationId,
    /// Who made it, and whom it acts as.
    pub user: UserId,
    /// What its maker calls it.
    pub name: String,
    /// How its secret begins, to know it by.
    pub prefix: String,
    /// What its secret is known by.
    pub secret: SecretDigest,
    /// What it may be used for.
    pub scopes: BTreeSet<Scope>,
    /// Which API it speaks; opaque to the domain.
    pub audience: String,
    /// When it was made.
    pub created_at: Moment,
    /// When it ends, if ever.
    pub expires_at: Option<Moment>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Moment>,
}

impl ApiKey {
    /// What every secret begins with, so that leaked ones are recognised.
    pub const MARK: &'static str = "hd_";

    /// Whether it still opens anything.
    pub fn is_live(&self, now: Moment) -> bool {
        self.expires_at.is_none_or(|end| now < end)
    }

    /// Whether it may be used for that.
    pub fn covers(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope) || self.scopes.contains(&Scope::Admin)
    }
}

/// A key, shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKeyView {
    /// The key.
    pub key: ApiKey,
    /// Its integer.
    pub serial: i64,
}
