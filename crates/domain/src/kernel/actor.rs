//! Who acts, and what they may see.

use std::sync::{Arc, OnceLock};

use crate::identity::Role;
use crate::kernel::id::{OrganizationId, SessionId, UserId};

/// Somebody who proved who they are. Every use case takes one: tenancy and rights come from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The person.
    pub user: UserId,
    /// Their organization; nothing outside it exists for them.
    pub organization: OrganizationId,
    /// Their role at the time of the request.
    pub role: Role,
    /// First and last name, for history.
    pub name: String,
    /// The login they came by, if by one.
    pub session: Option<SessionId>,
    /// The idempotency key of the request, to be spent by its commit.
    pub claim: Option<IdempotencyClaim>,
}

/// An `Idempotency-Key` as a request brought it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyClaim {
    /// The client's key.
    pub key: String,
    /// Method and path: keys of different operations do not meet.
    pub scope: String,
    /// Of the body: the same key with another body is a mistake.
    pub fingerprint: Fingerprint,
}

/// The digest of a body. A body that is streamed has one when all of it has been read, and none where nobody read it.
#[derive(Clone, Debug, Default)]
pub struct Fingerprint(Arc<OnceLock<String>>);

impl Fingerprint {
    /// Takes the digest; the first one stays.
    pub fn found(&self, digest: String) {
        let _ = self.0.set(digest);
    }

    /// The digest; empty where there is none.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.get().map_or("", String::as_str)
    }

    /// Whether a body with that digest may have been this one.
    #[must_use]
    pub fn admits(&self, digest: &str) -> bool {
        digest.is_empty() || digest == self.as_str()
    }
}

impl From<String> for Fingerprint {
    fn from(digest: String) -> Self {
        Self(Arc::new(OnceLock::from(digest)))
    }
}

impl PartialEq for Fingerprint {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Fingerprint {}

/// Which tickets of the organization somebody sees. A query takes it; nothing is filtered after loading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Staff: all of the organization, internal notes too.
    All,
    /// Technicians: their own, and those assigned to them (with the internal notes of the latter).
    OwnAndAssigned(UserId),
    /// Customers: their own, without internal notes.
    Own(UserId),
}

impl Actor {
    /// What they see.
    pub fn sight(&self) -> Sight {
        Sight::of(self.user, self.role)
    }

    /// Whether they work at the desk: agent, coordinator or admin.
    pub fn is_staff(&self) -> bool {
        self.role.is_staff()
    }

    /// Whether they administer the organization.
    pub fn is_admin(&self) -> bool {
        self.role == Role::Admin
    }
}

impl Sight {
    /// What somebody of that role sees.
    pub const fn of(user: UserId, role: Role) -> Self {
        match role {
            Role::Agent | Role::Coordinator | Role::Admin => Self::All,
            Role::Technician => Self::OwnAndAssigned(user),
            Role::Customer => Self::Own(user),
        }
    }

    /// Whether a ticket of this requester and assignee is seen.
    pub fn covers(self, requester: UserId, assignee: Option<UserId>) -> bool {
        self.reaches(self.is_of(Some(requester)), self.is_of(assignee), false)
    }

    /// Whether internal notes of a ticket with this assignee are seen.
    pub fn covers_internal(self, assignee: Option<UserId>) -> bool {
        self.reaches(false, self.is_of(assignee), true)
    }

    /// Whether somebody sees a ticket that they asked for, or work on; or what stays among staff of it.
    pub const fn reaches(self, is_requester: bool, is_assignee: bool, is_internal: bool) -> bool {
        match self {
            Self::All => true,
            Self::OwnAndAssigned(_) => is_assignee || (is_requester && !is_internal),
            Self::Own(_) => is_requester && !is_internal,
        }
    }

    fn is_of(self, person: Option<UserId>) -> bool {
        match self {
            Self::All => false,
            Self::OwnAndAssigned(user) | Self::Own(user) => person == Some(user),
        }
    }
}
