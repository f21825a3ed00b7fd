//! What identity needs from outside.

use async_trait::async_trait;

use super::{
    ApiKey, ApiKeyView, Claims, Organization, PasswordReset, RejectionView, SecretDigest, Session, User, UserQuery, UserView,
};
use crate::kernel::clock::Moment;
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, Reference, ResetId, SessionId, UserId};
use crate::kernel::page::{Page, PageRequest};
use crate::mail::MailKind;

/// Stored organizations.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait OrganizationRepository: Send + Sync {
    /// The organization of that id.
    async fn get(&self, id: OrganizationId) -> Result<Option<Organization>, StoreError>;
    /// The organization that is meant; by id, serial or slug.
    async fn find(&self, reference: &Reference) -> Result<Option<Organization>, StoreError>;
    /// All of them, by age.
    async fn all(&self) -> Result<Vec<Organization>, StoreError>;
}

/// Stored accounts and logins. Deleted accounts MUST NOT be found.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait IdentityRepository: Send + Sync {
    /// The account in the organization; by id, serial, username or address.
    async fn find(&self, organization: OrganizationId, reference: &Reference) -> Result<Option<User>, StoreError>;
    /// The account that logs in with this address or username, in any organization. Addresses compare by [`crate::kernel::text::Email::key`].
    async fn by_login(&self, login: &str) -> Result<Option<User>, StoreError>;
    /// Whether the username is taken, in any organization.
    async fn username_taken(&self, username: &str) -> Result<bool, StoreError>;
    /// The login and whose it is. An implementation may answer from a cache that is at most a second old;
    /// what this process committed it MUST see at once.
    async fn session(&self, session: SessionId) -> Result<Option<(Session, User)>, StoreError>;
    /// The reset whose secret has this digest, and whose it is; none when it is nobody's.
    async fn reset(&self, secret: &SecretDigest) -> Result<Option<(PasswordReset, User)>, StoreError>;
    /// How many admins of the organization may log in.
    async fn count_admins(&self, organization: OrganizationId) -> Result<u64, StoreError>;
    /// The account, shown.
    async fn view(&self, organization: OrganizationId, user: UserId) -> Result<Option<UserView>, StoreError>;
    /// A part of the organization's accounts.
    async fn page(
        &self,
        organization: OrganizationId,
        query: &UserQuery,
        page: &PageRequest,
    ) -> Result<Page<UserView>, StoreError>;
    /// A part of the organization's rejections, newest first.
    async fn rejections(&self, organization: OrganizationId, page: &PageRequest) -> Result<Page<RejectionView>, StoreError>;
    /// How many accounts of the organization were rejected.
    async fn count_rejections(&self, organization: OrganizationId) -> Result<u64, StoreError>;
}

/// Stored keys of people who are there.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait ApiKeyRepository: Send + Sync {
    /// The key whose secret has this digest, and who made it.
    async fn by_secret(&self, secret: &SecretDigest) -> Result<Option<(ApiKey, User)>, StoreError>;
    /// The key; by id or serial.
    async fn find(&self, organization: OrganizationId, key: &Reference) -> Result<Option<ApiKeyView>, StoreError>;
    /// A part of the organization's keys, newest first; of one person, or of all.
    async fn page(
        &self,
        organization: OrganizationId,
        of: Option<UserId>,
        page: &PageRequest,
    ) -> Result<Page<ApiKeyView>, StoreError>;
}

/// Slow hashes. MUST NOT block the thread that asks.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait PasswordHasher: Send + Sync {
    /// The hash of a password.
    async fn hash(&self, password: &str) -> Result<String, StoreError>;
    /// Whether the password has this hash. With no hash it MUST take as long and answer no.
    async fn verify(&self, password: &str, hash: Option<String>) -> Result<bool, StoreError>;
}

/// Signed tokens.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
pub trait TokenIssuer: Send + Sync {
    /// A token that says so.
    fn issue(&self, claims: &Claims) -> Result<String, StoreError>;
    /// What the token says; none when it is not ours or has ended at `now`.
    fn read(&self, token: &str, now: Moment) -> Option<Claims>;
}

/// Secrets that are given out and kept as digests only.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
pub trait Secrets: Send + Sync {
    /// The secret of a reset. MUST be the same each time, and not be guessed by whoever knows the reset: so it is written
    /// into a letter without being kept.
    fn of_reset(&self, reset: ResetId) -> String;
    /// What proves that a link to do without a kind of mail was written by us. The same rules hold.
    fn of_unsubscribe(&self, user: UserId, kind: MailKind) -> String;
    /// A secret that nobody had before and nobody guesses: 256 random bits as letters, digits, `-` and `_`.
    fn fresh(&self) -> String;
    /// What a page of ours says to prove that it, and not another, uses a login's cookie. The same rules hold.
    fn of_session(&self, session: SessionId) -> String;
    /// The digest of a secret. MUST be SHA-256: these secrets are random, a slow hash would add nothing.
    fn digest(&self, secret: &str) -> SecretDigest;
}
