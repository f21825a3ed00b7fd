//! Brings messages to other programs: to each recipient through runners of its own, so that one who hangs keeps nobody
//! else waiting.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use helpdesk_domain::delivery::{Brought, Courier, Recipient, Settled};
use helpdesk_domain::kernel::StoreError;
use helpdesk_persistence::Store;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tracing::{debug, error, info, warn};

use super::Running;
use crate::failure::Result;
use crate::wire::Installation;

/// How often it looks without being woken: for what other replicas commit, and for what is due again.
const ROUND: Duration = Duration::from_secs(1);
/// As many messages are on their way to one recipient at once.
const RUNNERS: usize = 4;
/// As many are on their way at once.
const MOST: usize = 256;

/// Begins to bring what is due.
pub async fn bring(installation: &Installation, courier: Courier) -> Result<Running> {
    installation.store.release_deliveries().await?;
    let store = installation.store.clone();
    let begin = |stopped| Work { store, courier: Arc::new(courier), stopped, runners: JoinSet::new(), busy: HashMap::new() };
    Ok(Running::start(|stopped| begin(stopped).go_on()))
}

struct Work {
    store: Store,
    courier: Arc<Courier>,
    stopped: watch::Receiver<bool>,
    runners: JoinSet<Recipient>,
    busy: HashMap<Recipient, usize>,
}

impl Work {
    async fn go_on(mut self) {
        while !*self.stopped.borrow() {
            if let Err(failure) = self.round().await {
                error!(%failure, "messages to other programs are waiting");
            }
            tokio::select! {
                _ = self.stopped.changed() => {}
                () = self.store.deliveries() => {}
                Some(done) = self.runners.join_next() => self.done(done.ok()),
                () = tokio::time::sleep(ROUND) => {}
            }
        }
        while self.runners.join_next().await.is_some() {}
    }

    /// One more runner for each recipient that something is due for.
    async fn round(&mut self) -> std::result::Result<(), StoreError> {
        metrics::gauge!("delivery_queue_depth").set(depth(self.courier.deliveries.depth().await?));
        for recipient in self.courier.due().await? {
            let busy = self.busy.entry(recipient).or_default();
            if *busy < RUNNERS && self.runners.len() < MOST {
                *busy += 1;
                self.runners.spawn(run(Arc::clone(&self.courier), recipient, self.stopped.clone()));
            }
        }
        Ok(())
    }

    fn done(&mut self, recipient: Option<Recipient>) {
        match recipient {
            Some(recipient) => {
                let left = self.busy.remove(&recipient).map_or(0, |busy| busy.saturating_sub(1));
                if left > 0 {
                    self.busy.insert(recipient, left);
                }
            }
            // Who panicked does not say for whom it ran.
            None => self.busy.clear(),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "no more than 10 000 are counted")]
fn depth(messages: u64) -> f64 {
    messages as f64
}

/// Brings one recipient what is due until nothing is.
async fn run(courier: Arc<Courier>, recipient: Recipient, stopped: watch::Receiver<bool>) -> Recipient {
    while !*stopped.borrow() {
        match courier.deliver(recipient).await {
            Ok(Some(brought)) => tell(brought),
            Ok(None) => break,
            Err(failure) => {
                error!(?recipient, %failure, "a message is waiting");
                break;
            }
        }
    }
    recipient
}

fn tell(brought: Brought) {
    let Brought { entry, outcome } = brought;
    let (delivery, subject, event, recipient) =
        (entry.delivery.id, entry.delivery.subject, entry.delivery.kind, entry.delivery.recipient);
    let result = match &outcome {
        Settled::Delivered(_) => "delivered",
        Settled::Again(..) => "refused",
        Settled::GivenUp(_) => "given_up",
    };
    metrics::counter!("deliveries_total", "result" => result).increment(1);
    match (outcome, recipient) {
        (Settled::Delivered(_), Recipient::Workflow(_)) => info!(%subject, %delivery, "handed to the workflow"),
        (Settled::Delivered(_), _) => debug!(%event, %delivery, "a webhook was told"),
        (Settled::Again(at, reason), _) => warn!(%event, %subject, %delivery, %at, %reason, "a message is sent again"),
        (Settled::GivenUp(reason), _) => error!(%event, %subject, %delivery, %reason, "a message was never taken"),
    }
}
