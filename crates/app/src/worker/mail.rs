//! Writes mails of what happens, and sends what is due.

use std::time::Duration;

use helpdesk_domain::event::Projector;
use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::mail::Post;
use helpdesk_persistence::News;
use tokio::sync::watch;
use tracing::error;

use super::Running;
use crate::failure::Result;
use crate::wire::Installation;

/// How often it looks without being woken: for what other replicas commit, and for what is due again.
const ROUND: Duration = Duration::from_secs(2);
/// The shortest time between two rounds, so that many events become one commit.
const PAUSE: Duration = Duration::from_millis(100);

/// Begins. Without a post mails are written and kept.
pub async fn write_and_send(installation: &Installation, post: Option<Post>) -> Result<Running> {
    installation.store.release_mails().await?;
    let (news, letters) = (installation.store.news(), installation.ticket_news());
    Ok(Running::start(|stopped| Work { news, letters, post, stopped }.go_on()))
}

struct Work {
    news: News,
    letters: Projector,
    post: Option<Post>,
    stopped: watch::Receiver<bool>,
}

impl Work {
    async fn go_on(mut self) {
        while !*self.stopped.borrow() {
            if let Err(failure) = self.round().await {
                error!(%failure, "mail is waiting");
                tokio::time::sleep(ROUND).await;
            }
            tokio::select! {
                _ = self.stopped.changed() => {}
                () = self.news.next() => tokio::time::sleep(PAUSE).await,
                () = tokio::time::sleep(ROUND) => {}
            }
        }
    }

    async fn round(&mut self) -> std::result::Result<(), StoreError> {
        let written = self.write().await;
        if let Some(post) = &self.post {
            while !*self.stopped.borrow() && post.deliver().await? {}
        }
        // What is written already is sent, whatever could not be written.
        written
    }

    async fn write(&mut self) -> std::result::Result<(), StoreError> {
        while !*self.stopped.borrow() && self.letters.read_on().await? {}
        self.letters.settle().await.map(drop)
    }
}
