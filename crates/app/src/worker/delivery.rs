//! Brings messages to other programs: to each recipient through runners of its own, so that one who hangs keeps nobody
//! else waiting.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use helpdesk_domain::delivery::{Brought, Courier, Due, Recipient, Settled};
use helpdesk_domain::kernel::StoreError;
use helpdesk_persistence::Store;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tracing::{debug, error, info, warn};

use super::Running;
use super::depth::depth;
use super::round::round;
use crate::failure::Result;
use crate::wire::Installation;

/// How often it looks without being woken: for what other replicas commit, and for what is due again.
const ROUND: Duration = Duration::from_secs(1);
/// As many messages are on their way to one recipient at once.
const RUNNERS: usize = 4;
/// As many are on their way at once.
const MOST: usize = 256;
/// As many of them to recipients that have taken nothing lately, each with one runner: they may hang.
const MOST_FAILING: usize = 64;

/// Begins to bring what is due.
pub async fn bring(installation: &Installation, courier: Courier) -> Result<Running> {
    installation.store.release_deliveries().await?;
    let store = installation.store.clone();
    let begin = |stopped| Work { store, courier: Arc::new(courier), stopped, runners: JoinSet::new(), busy: Busy::default() };
    Ok(Running::start(|stopped| begin(stopped).go_on()))
}

struct Work {
    store: Store,
    courier: Arc<Courier>,
    stopped: watch::Receiver<bool>,
    runners: JoinSet<Recipient>,
    busy: Busy,
}

/// Who is being brought something.
#[derive(Default)]
struct Busy {
    /// How many runners each has.
    runners: HashMap<Recipient, usize>,
    /// Who was failing when they got theirs.
    failing: HashSet<Recipient>,
}

impl Busy {
    /// Takes a place for one more runner, if there is one.
    fn take(&mut self, Due { recipient, is_failing }: Due) -> bool {
        let own = self.runners.get(&recipient).copied().unwrap_or(0);
        let all: usize = self.runners.values().sum();
        let has_place = if is_failing { own == 0 && self.failing.len() < MOST_FAILING } else { own < RUNNERS };
        if !has_place || all >= MOST {
            return false;
        }
        self.runners.insert(recipient, own + 1);
        if is_failing {
            self.failing.insert(recipient);
        }
        true
    }

    fn leave(&mut self, recipient: Recipient) {
        let left = self.runners.remove(&recipient).map_or(0, |runners| runners.saturating_sub(1));
        if left > 0 {
            self.runners.insert(recipient, left);
        } else {
            self.failing.remove(&recipient);
        }
    }
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
        for due in self.courier.due().await? {
            if self.busy.take(due) {
                self.runners.spawn(run(Arc::clone(&self.courier), due.recipient, self.stopped.clone()));
            }
        }
        Ok(())
    }

    fn done(&mut self, recipient: Option<Recipient>) {
        match recipient {
            Some(recipient) => self.busy.leave(recipient),
            // Who panicked does not say for whom it ran.
            None => self.busy = Busy::default(),
        }
    }
}

/// Brings one recipient what is due until nothing is, or they refuse: then others have the place.
async fn run(courier: Arc<Courier>, recipient: Recipient, stopped: watch::Receiver<bool>) -> Recipient {
    while !*stopped.borrow() {
        match round("bring a message", Option::is_some, courier.deliver(recipient)).await {
            Ok(Some(brought)) => {
                let is_taken = matches!(brought.outcome, Settled::Delivered(_));
                tell(brought);
                if !is_taken {
                    break;
                }
            }
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
        // once for each time that a recipient begins to refuse
        (Settled::Again(at, reason), _) if entry.failing_since.is_none() => {
            warn!(%event, %subject, %delivery, %at, %reason, "a message is sent again");
        }
        (Settled::Again(at, reason), _) => debug!(%event, %subject, %delivery, %at, %reason, "a message is sent again"),
        (Settled::GivenUp(reason), _) => error!(%event, %subject, %delivery, %reason, "a message was never taken"),
    }
}

#[cfg(test)]
mod tests {
    use helpdesk_domain::kernel::id::WebhookId;
    use uuid::Uuid;

    use super::*;

    fn due(number: u128, is_failing: bool) -> Due {
        Due { recipient: Recipient::Webhook(WebhookId(Uuid::from_u128(number))), is_failing }
    }

    #[test]
    fn those_that_fail_leave_places_to_those_that_do_not() {
        let mut busy = Busy::default();
        assert!(busy.take(due(0, true)) && !busy.take(due(0, true)), "one runner each");
        let placed = (1..1_000).filter(|number| busy.take(due(*number, true))).count();
        assert_eq!(placed, MOST_FAILING - 1);
        let placed = (1_000..2_000).filter(|number| busy.take(due(*number, false))).count();
        assert_eq!(placed, MOST - MOST_FAILING);
        busy.leave(due(0, true).recipient);
        assert!(busy.take(due(5_000, true)));
    }
}
