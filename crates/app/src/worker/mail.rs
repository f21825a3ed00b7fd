//! Writes mails of what happens, and sends what is due.

use std::time::Duration;

use helpdesk_domain::event::Projector;
use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::mail::Post;
use helpdesk_persistence::{News, Store};
use tokio::sync::watch;
use tracing::error;

use super::Running;
use super::depth::depth;
use super::round::round;
use crate::failure::Result;
use crate::wire::Installation;

/// How often it looks without being woken: for what other replicas commit, and for what is due again.
const ROUND: Duration = Duration::from_secs(2);
/// So many parts of the log are read before mails are sent, and so many mails are sent before that goes on.
const AT_ONCE: usize = 20;
/// The shortest time between two rounds, so that many events become one commit.
const PAUSE: Duration = Duration::from_millis(100);

/// Begins. Without a post mails are written and kept.
pub async fn write_and_send(installation: &Installation, post: Option<Post>) -> Result<Running> {
    installation.store.release_mails().await?;
    let (news, letters, store) = (installation.store.news(), installation.ticket_news(), installation.store.clone());
    Ok(Running::start(|stopped| Work { news, letters, post, store, stopped }.go_on()))
}

struct Work {
    news: News,
    letters: Projector,
    post: Option<Post>,
    store: Store,
    stopped: watch::Receiver<bool>,
}

impl Work {
    async fn go_on(mut self) {
        while !*self.stopped.borrow() {
            let has_more = self.round().await.unwrap_or_else(|failure| {
                error!(%failure, "mail is waiting");
                false
            });
            if has_more {
                continue;
            }
            tokio::select! {
                _ = self.stopped.changed() => {}
                () = self.news.next() => tokio::time::sleep(PAUSE).await,
                () = tokio::time::sleep(ROUND) => {}
            }
        }
    }

    /// A part of either, so that neither keeps the other waiting; answers whether there may be more.
    async fn round(&mut self) -> std::result::Result<bool, StoreError> {
        let has_letters = self.write().await.unwrap_or_else(|failure| {
            // what is written already is sent all the same
            error!(%failure, "letters are waiting to be written");
            false
        });
        metrics::gauge!("mail_queue_depth").set(depth(self.store.waiting_mails().await?));
        Ok(self.send().await? || has_letters)
    }

    async fn write(&mut self) -> std::result::Result<bool, StoreError> {
        let mut has_more = true;
        for _ in 0..AT_ONCE {
            has_more = has_more && round("write letters", |more| *more, self.letters.read_on()).await?;
        }
        self.letters.settle().await.map(|_| has_more)
    }

    async fn send(&self) -> std::result::Result<bool, StoreError> {
        let Some(post) = &self.post else { return Ok(false) };
        for _ in 0..AT_ONCE {
            if *self.stopped.borrow() || !round("send a mail", |sent| *sent, post.deliver()).await? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
