//! Which mails somebody wants.

use std::collections::BTreeMap;
use std::sync::Arc;

use thiserror::Error;

use super::MailKind;
use super::port::AddressBook;
use crate::identity::port::Secrets;
use crate::kernel::actor::Actor;
use crate::kernel::fault::{Fault, Kind, StoreError};
use crate::kernel::id::UserId;
use crate::work::{Changes, UnitOfWork, Write};

/// The use cases of mail preferences.
#[derive(Clone)]
pub struct MailPreferences {
    /// What people do without.
    pub people: Arc<dyn AddressBook>,
    /// What proves a link.
    pub secrets: Arc<dyn Secrets>,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
}

/// Why a preference was neither shown nor changed.
#[derive(Debug, Error)]
pub enum PreferenceError {
    /// Nobody is meant, or the link was not written by us.
    #[error("Not found.")]
    NotFound,
    /// Storage.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Fault for PreferenceError {
    fn kind(&self) -> Kind {
        match self {
            Self::NotFound => Kind::NotFound,
            Self::Store(error) => error.kind(),
        }
    }

    fn below(&self) -> Option<&dyn Fault> {
        if let Self::Store(error) = self { Some(error) } else { None }
    }
}

type Result<T> = std::result::Result<T, PreferenceError>;

impl MailPreferences {
    /// Of each kind, whether the actor wants it.
    pub async fn read(&self, actor: &Actor) -> Result<BTreeMap<MailKind, bool>> {
        let (_, muted) = self.people.muted(actor.user).await?.ok_or(PreferenceError::NotFound)?;
        Ok(MailKind::ALL.into_iter().map(|kind| (kind, !muted.contains(&kind))).collect())
    }

    /// Has the actor get, or do without, these kinds; the others stay.
    pub async fn change(&self, actor: &Actor, wanted: &BTreeMap<MailKind, bool>) -> Result<BTreeMap<MailKind, bool>> {
        let mute = |(kind, wanted): (&MailKind, &bool)| Write::MuteMail { user: actor.user, kind: *kind, muted: !wanted };
        let changes = wanted.iter().map(mute).fold(Changes::by(actor), |changes, write| changes.with(write, []));
        self.work.commit(changes).await?;
        self.read(actor).await
    }

    /// Has somebody do without a kind, by the link in a mail.
    pub async fn unsubscribe(&self, user: UserId, kind: MailKind, proof: &str) -> Result<()> {
        // Digests are compared, so that the time it takes tells nothing of the proof.
        if self.secrets.digest(&self.secrets.of_unsubscribe(user, kind)) != self.secrets.digest(proof) {
            return Err(PreferenceError::NotFound);
        }
        let (organization, _) = self.people.muted(user).await?.ok_or(PreferenceError::NotFound)?;
        let changes = Changes::of(organization).with(Write::MuteMail { user, kind, muted: true }, []);
        Ok(self.work.commit(changes).await?)
    }
}
