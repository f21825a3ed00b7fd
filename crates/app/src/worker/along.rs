//! Whoever reads the log along: at once what this process commits, every few seconds the rest.

use std::future::{Future, ready};
use std::time::Duration;

use helpdesk_domain::event::Projector;
use helpdesk_domain::kernel::StoreError;
use helpdesk_persistence::News;
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;
use tracing::error;

use super::Running;
use super::round::round;

/// How often it looks without being woken, for what other replicas commit, and writes down how far it has read.
const ROUND: Duration = Duration::from_secs(2);

/// Somebody who reads the log along.
pub(super) trait Along: Send + 'static {
    /// What it does, for who watches.
    const DOES: &'static str;

    /// Its reader of the log.
    fn log(&mut self) -> &mut Projector;

    /// Does a part of what there is to do; answers whether there may be more.
    fn go_on(&mut self) -> impl Future<Output = Result<bool, StoreError>> + Send {
        self.log().read_on()
    }

    /// Does a part of what comes because time goes by; answers whether there is more, which then comes without a wait.
    fn look_around(&mut self) -> impl Future<Output = Result<bool, StoreError>> + Send {
        ready(Ok(false))
    }
}

/// Begins.
pub(super) fn along(news: News, work: impl Along) -> Running {
    Running::start(|stopped| read(work, news, stopped))
}

/// What comes because time goes by has its turn between the parts of what has happened, however much that is.
async fn read<W: Along>(mut work: W, mut news: News, mut stopped: watch::Receiver<bool>) {
    let (mut rounds, mut is_behind) = (tokio::time::interval(ROUND), false);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while !*stopped.borrow() {
        let has_more = match go_on(&mut work).await {
            Ok(has_more) => has_more,
            Err(failure) => {
                error!(%failure, worker = W::DOES, "what happened waits for a worker");
                tokio::time::sleep(ROUND).await;
                false
            }
        };
        let looked = tokio::select! {
            biased;
            _ = stopped.changed() => work.log().settle().await.map(|_| false),
            _ = rounds.tick() => settle_and_look(&mut work).await,
            () = ready(()), if is_behind => work.look_around().await,
            () = ready(()), if has_more => Ok(false),
            () = news.next() => Ok(false),
        };
        is_behind = looked.unwrap_or_else(|failure| {
            error!(%failure, worker = W::DOES, "what is due waits, or how far a worker has read is not written");
            false
        });
    }
}

async fn go_on<W: Along>(work: &mut W) -> Result<bool, StoreError> {
    round(W::DOES, |more| *more, work.go_on()).await
}

/// Whatever becomes of the one, the other is done.
async fn settle_and_look(work: &mut impl Along) -> Result<bool, StoreError> {
    let settled = work.log().settle().await;
    let looked = work.look_around().await;
    settled.and(looked)
}
