//! Logins that keep connections open, and passes for browsers, which cannot say a token when they open a socket.

use std::sync::Arc;

use chrono::TimeDelta;

use super::port::ConnectionRepository;
use crate::identity::port::{IdentityRepository, Secrets};
use crate::identity::{Admission, IdentityError, Role, SecretDigest};
use crate::kernel::actor::Actor;
use crate::kernel::clock::{Clock, Moment};
use crate::kernel::fault::StoreError;
use crate::kernel::id::{SessionId, UserId};
use crate::work::{Changes, UnitOfWork, Write};

/// Leave to open one connection as somebody who logged in, soon. Kept as a digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pass {
    /// What its secret is known by.
    pub secret: SecretDigest,
    /// The login that it stands for.
    pub session: SessionId,
    /// When it ends.
    pub expires_at: Moment,
}

impl Pass {
    /// For how many seconds it is good.
    pub const SECONDS: i64 = 30;
}

/// A login that is still good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The login.
    pub session: SessionId,
    /// Whose it is.
    pub user: UserId,
    /// The role they have now.
    pub role: Role,
}

/// The use cases of being connected.
#[derive(Clone)]
pub struct Connections {
    /// Logins.
    pub people: Arc<dyn IdentityRepository>,
    /// Passes.
    pub connections: Arc<dyn ConnectionRepository>,
    /// Secrets.
    pub secrets: Arc<dyn Secrets>,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

impl Connections {
    /// A pass for somebody who logged in; a program with a key has headers of its own.
    pub async fn pass(&self, actor: &Actor) -> Result<String, IdentityError> {
        let session = actor.session.ok_or(IdentityError::Forbidden)?;
        let secret = self.secrets.fresh();
        let expires_at = self.clock.now() + TimeDelta::seconds(Pass::SECONDS);
        let pass = Pass { secret: self.secrets.digest(&secret), session, expires_at };
        self.work.commit(Changes::of(actor.organization).with(Write::AddPass(pass), [])).await?;
        Ok(secret)
    }

    /// Who brought this pass. It is spent.
    pub async fn admit(&self, secret: &str) -> Result<Admission, IdentityError> {
        let now = self.clock.now();
        let session = self.connections.redeem(&self.secrets.digest(secret), now).await?.ok_or(IdentityError::BadToken)?;
        let (session, user) = self.people.session(session).await?.ok_or(IdentityError::BadToken)?;
        if !session.is_live(now) || !user.may_enter() {
            return Err(IdentityError::BadToken);
        }
        let actor = Actor { session: Some(session.id), ..user.as_actor() };
        Ok(Admission { actor, audience: session.audience })
    }

    /// Those of the logins that are still good.
    pub async fn standing(&self, logins: &[SessionId]) -> Result<Vec<Standing>, StoreError> {
        self.connections.standing(logins, self.clock.now()).await
    }
}
