//! What being connected needs from outside.

use async_trait::async_trait;

use super::{Heard, Participants, Signal, Standing};
use crate::identity::SecretDigest;
use crate::kernel::clock::Moment;
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, SessionId, TicketId};

/// Who takes part in tickets.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait ParticipantRepository: Send + Sync {
    /// Those of the tickets that are there, in any order. MUST take one statement.
    async fn participants(&self, organization: OrganizationId, tickets: &[TicketId]) -> Result<Vec<Participants>, StoreError>;
}

/// Stored passes, and logins that keep connections open.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait ConnectionRepository: Send + Sync {
    /// Takes the pass with this digest away and answers the login that it stands for; none when there is none that is
    /// still good at `now`. Of many who bring it at once, one MUST get it.
    async fn redeem(&self, secret: &SecretDigest, now: Moment) -> Result<Option<SessionId>, StoreError>;
    /// Those of the logins that are still good at `now`, of people who may enter. MUST NOT answer from a cache.
    async fn standing(&self, logins: &[SessionId], now: Moment) -> Result<Vec<Standing>, StoreError>;
}

/// The way of [signals](Signal). The store tells of what it has committed by itself.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
pub trait Signals: Send + Sync {
    /// Tells everybody who listens. MUST NOT wait.
    fn tell(&self, signal: Signal);
    /// Listens from now on.
    fn listen(&self) -> Box<dyn Listening>;
}

/// Somebody who listens for [signals](Signal).
#[async_trait]
pub trait Listening: Send {
    /// What is heard next. MUST lose nothing when it is dropped while it waits.
    async fn next(&mut self) -> Heard;
}
