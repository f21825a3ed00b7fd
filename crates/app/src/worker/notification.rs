//! Tells people in the desk what happens.

use std::time::Duration;

use helpdesk_domain::event::Projector;
use helpdesk_domain::kernel::StoreError;
use helpdesk_persistence::News;
use tokio::sync::watch;
use tracing::error;

use super::Running;
use super::round::round;
use crate::wire::Installation;

/// How often it looks without being woken, for what other replicas commit, and writes down how far it has read.
const ROUND: Duration = Duration::from_secs(2);

/// Begins. Whatever this process commits is told at once: what waits while a commit is being written goes together.
pub fn notify(installation: &Installation) -> Running {
    let (news, notifications) = (installation.store.news(), installation.notification_news());
    Running::start(|stopped| Work { news, notifications, stopped }.go_on())
}

struct Work {
    news: News,
    notifications: Projector,
    stopped: watch::Receiver<bool>,
}

impl Work {
    async fn go_on(mut self) {
        let mut rounds = tokio::time::interval(ROUND);
        while !*self.stopped.borrow() {
            if let Err(failure) = self.round().await {
                error!(%failure, "notifications are waiting");
                tokio::time::sleep(ROUND).await;
            }
            let settled = tokio::select! {
                _ = self.stopped.changed() => self.notifications.settle().await,
                () = self.news.next() => Ok(false),
                _ = rounds.tick() => self.notifications.settle().await,
            };
            if let Err(failure) = settled {
                error!(%failure, "how far notifications have come is not written");
            }
        }
    }

    async fn round(&mut self) -> Result<(), StoreError> {
        while !*self.stopped.borrow() && round("write notifications", |more| *more, self.notifications.read_on()).await? {}
        Ok(())
    }
}
