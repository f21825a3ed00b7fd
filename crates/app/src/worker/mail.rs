//! Writes mails of what happens, and sends what is due.

use std::time::Duration;

use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::mail::{Post, TicketNews};
use helpdesk_persistence::Store;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tracing::error;

use crate::failure::Result;
use crate::wire::Installation;

/// How often it looks without being woken: for what other replicas commit, and for what is due again.
const ROUND: Duration = Duration::from_secs(2);
/// The shortest time between two rounds, so that many events become one commit.
const PAUSE: Duration = Duration::from_millis(100);
/// How long a mail that is being sent may take when the server stops.
const GRACE: Duration = Duration::from_secs(8);

/// A running worker.
pub struct MailWorker {
    stop: watch::Sender<bool>,
    running: JoinHandle<()>,
}

impl MailWorker {
    /// Begins. Without a post mails are written and kept.
    pub async fn start(installation: &Installation, post: Option<Post>) -> Result<Self> {
        installation.store.release_mails().await?;
        let (stop, stopped) = watch::channel(false);
        let work = Work { store: installation.store.clone(), news: installation.ticket_news(), post, stopped };
        Ok(Self { stop, running: tokio::spawn(work.go_on()) })
    }

    /// Lets the mail that is being sent be sent, and ends.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        let mut running = self.running;
        if tokio::time::timeout(GRACE, &mut running).await.is_err() {
            running.abort();
        }
    }
}

struct Work {
    store: Store,
    news: TicketNews,
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
                () = self.store.news() => tokio::time::sleep(PAUSE).await,
                () = tokio::time::sleep(ROUND) => {}
            }
        }
    }

    async fn round(&self) -> std::result::Result<(), StoreError> {
        while !*self.stopped.borrow() && self.news.read_on().await? {}
        if let Some(post) = &self.post {
            while !*self.stopped.borrow() && post.deliver().await? {}
        }
        Ok(())
    }
}
