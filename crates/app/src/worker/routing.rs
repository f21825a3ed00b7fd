//! Gives tickets to people.

use std::time::Duration;

use helpdesk_domain::event::Projector;
use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::routing::Dispatcher;
use helpdesk_persistence::News;
use tokio::sync::watch;
use tracing::error;

use super::Running;
use crate::wire::Installation;

/// How often it looks without being woken: for what other replicas commit, and for tickets that nobody could take.
const ROUND: Duration = Duration::from_secs(2);

/// Begins. What this process commits is looked at at once.
pub fn route(installation: &Installation) -> Running {
    let (news, log, dispatcher) = (installation.store.news(), installation.routing_news(), installation.dispatcher());
    Running::start(|stopped| Work { news, log, dispatcher, stopped }.go_on())
}

struct Work {
    news: News,
    log: Projector,
    dispatcher: Dispatcher,
    stopped: watch::Receiver<bool>,
}

impl Work {
    async fn go_on(mut self) {
        let mut rounds = tokio::time::interval(ROUND);
        while !*self.stopped.borrow() {
            if let Err(failure) = self.round().await {
                error!(%failure, "tickets wait to be given to somebody");
                tokio::time::sleep(ROUND).await;
            }
            let looked = tokio::select! {
                _ = self.stopped.changed() => self.log.settle().await.map(drop),
                () = self.news.next() => Ok(()),
                _ = rounds.tick() => self.look_again().await,
            };
            if let Err(failure) = looked {
                error!(%failure, "tickets that nobody could take wait on");
            }
        }
    }

    async fn round(&mut self) -> Result<(), StoreError> {
        let mut has_more = true;
        while has_more && !*self.stopped.borrow() {
            // In turn, so that neither keeps the other waiting.
            has_more = self.log.read_on().await?;
            has_more |= self.dispatcher.place().await?;
        }
        Ok(())
    }

    async fn look_again(&mut self) -> Result<(), StoreError> {
        self.log.settle().await?;
        self.dispatcher.take_up().await
    }
}
