//! Which notifications somebody wants.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::port::NotificationRepository;
use super::{NotificationError, NotificationKind};
use crate::kernel::actor::Actor;
use crate::work::{Changes, UnitOfWork, Write};

/// The use cases of notification preferences.
#[derive(Clone)]
pub struct NotificationPreferences {
    /// What people chose.
    pub notifications: Arc<dyn NotificationRepository>,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
}

type Preferences = BTreeMap<NotificationKind, bool>;

impl NotificationPreferences {
    /// Of each kind, whether the actor wants it.
    pub async fn read(&self, actor: &Actor) -> Result<Preferences, NotificationError> {
        let chosen = self.notifications.chosen(actor).await?;
        let wanted = |kind: NotificationKind| chosen.get(&kind).copied().unwrap_or(kind.is_wanted_unasked());
        Ok(NotificationKind::ALL.into_iter().map(|kind| (kind, wanted(kind))).collect())
    }

    /// Has the actor get, or do without, these kinds; the others stay. What was told already stays told.
    pub async fn change(&self, actor: &Actor, wanted: &Preferences) -> Result<Preferences, NotificationError> {
        let choose = |(kind, wanted): (&NotificationKind, &bool)| Write::ChooseNotifications {
            user: actor.user,
            kind: *kind,
            wanted: *wanted,
        };
        let changes = wanted.iter().map(choose).fold(Changes::by(actor), |changes, write| changes.with(write, []));
        self.work.commit(changes).await?;
        self.read(actor).await
    }
}
