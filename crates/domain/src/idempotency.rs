//! Requests that come twice: the second gets the first one's answer.

use async_trait::async_trait;
use uuid::Uuid;

use crate::kernel::actor::IdempotencyClaim;
use crate::kernel::fault::StoreError;
use crate::kernel::id::UserId;

/// An answer as it was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status, 200 to 299.
    pub status: u16,
    /// Media type.
    pub content_type: String,
    /// Body.
    pub body: Vec<u8>,
}

/// A key that has been used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpentRequest {
    /// Digest of the body it was used with; empty where nobody read it.
    pub fingerprint: String,
    /// What it made or changed, when a commit spent it: kind, id, parent, whether it was created.
    pub outcome: Option<(String, Uuid, Option<Uuid>, bool)>,
    /// What was answered; none when the process died between commit and answer.
    pub answer: Option<Answer>,
}

/// Used keys, kept for 24 hours. The unit of work spends them; the answer is added after it.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait IdempotencyRepository: Send + Sync {
    /// The use of this key by this person in this scope, if there was one.
    async fn find(&self, user: UserId, claim: &IdempotencyClaim) -> Result<Option<SpentRequest>, StoreError>;
    /// Keeps the answer, whether or not a commit spent the key.
    async fn settle(&self, user: UserId, claim: &IdempotencyClaim, answer: &Answer) -> Result<(), StoreError>;
}
