//! Reading one's notifications.

use std::sync::Arc;

use super::port::{NotificationQuery, NotificationRepository};
use super::{NotificationError, NotificationView};
use crate::kernel::actor::Actor;
use crate::kernel::clock::Clock;
use crate::kernel::id::{Reference, Target};
use crate::kernel::page::{Page, PageRequest};
use crate::kernel::race;
use crate::work::{Changes, Outcome, UnitOfWork, Write};

/// How many notifications are marked in one commit: others write in between.
const BATCH: u64 = 500;

/// The use cases of notifications. They are projections of the event log, and nobody but their reader knows of them:
/// reading and deleting them are no events.
#[derive(Clone)]
pub struct Notifications {
    /// Notifications.
    pub notifications: Arc<dyn NotificationRepository>,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

type Result<T> = std::result::Result<T, NotificationError>;

impl Notifications {
    /// A part of the actor's notifications.
    pub async fn list(&self, actor: &Actor, query: &NotificationQuery, page: &PageRequest) -> Result<Page<NotificationView>> {
        Ok(self.notifications.page(actor, query, page).await?)
    }

    /// How many of them are unread.
    pub async fn unread_count(&self, actor: &Actor) -> Result<u64> {
        Ok(self.notifications.unread_count(actor).await?)
    }

    /// One of them.
    pub async fn read(&self, actor: &Actor, notification: &Reference) -> Result<NotificationView> {
        self.notifications.view(actor, notification).await?.ok_or(NotificationError::NotFound)
    }

    /// Marks one as read. One that has been read stays as it is.
    pub async fn mark_read(&self, actor: &Actor, target: &Target) -> Result<NotificationView> {
        let found = self.get(actor, target).await?;
        let changes = match found.read_at {
            Some(_) => Changes::by(actor),
            None => Changes::by(actor).with(Write::ReadNotifications(actor.user, vec![found.id], self.clock.now()), []),
        };
        let outcome = Outcome { kind: "notification", id: found.id.0, parent: None, created: false };
        self.work.commit(changes.showing(outcome)).await?;
        self.read(actor, &found.id.into()).await
    }

    /// Marks all as read that there are now, some at a time; answers how many those were.
    pub async fn mark_all_read(&self, actor: &Actor) -> Result<u64> {
        let now = self.clock.now();
        let outcome = Outcome { kind: "notifications", id: actor.user.0, parent: None, created: false };
        let (mut marked, mut changes) = (0, Changes::by(actor).showing(outcome));
        loop {
            let unread = self.notifications.unread(actor, now, BATCH).await?;
            let found = unread.len() as u64;
            if found > 0 {
                changes = changes.with(Write::ReadNotifications(actor.user, unread, now), []);
            }
            self.work.commit(changes).await?;
            marked += found;
            if found < BATCH {
                return Ok(marked);
            }
            changes = Changes::of(actor.organization);
        }
    }

    /// Deletes one.
    pub async fn delete(&self, actor: &Actor, target: &Target) -> Result<()> {
        race::settle(target.may_retry(), async || {
            let found = self.get(actor, target).await?;
            Ok(self.work.commit(Changes::by(actor).with(Write::DeleteNotification(actor.user, found.id), [])).await?)
        })
        .await
    }

    async fn get(&self, actor: &Actor, target: &Target) -> Result<NotificationView> {
        let found = self.read(actor, &target.reference).await?;
        target.allows(found.revision())?;
        Ok(found)
    }
}
