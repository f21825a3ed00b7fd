//! Carries out rules.

use std::time::Duration;

use helpdesk_domain::automation::RuleRunner;
use helpdesk_domain::kernel::StoreError;
use helpdesk_persistence::News;
use tokio::sync::watch;
use tracing::error;

use super::Running;
use crate::wire::Installation;

/// How often it looks without being woken, for what other replicas commit, and writes down how far it has read.
const ROUND: Duration = Duration::from_secs(2);

/// Begins. Whatever this process commits meets the rules at once.
pub fn automate(installation: &Installation) -> Running {
    let (news, rules) = (installation.store.news(), installation.rule_runner());
    Running::start(|stopped| Work { news, rules, stopped }.go_on())
}

struct Work {
    news: News,
    rules: RuleRunner,
    stopped: watch::Receiver<bool>,
}

impl Work {
    async fn go_on(mut self) {
        let mut rounds = tokio::time::interval(ROUND);
        while !*self.stopped.borrow() {
            if let Err(failure) = self.round().await {
                error!(%failure, "rules are waiting");
                tokio::time::sleep(ROUND).await;
            }
            let settled = tokio::select! {
                _ = self.stopped.changed() => self.rules.settle().await,
                () = self.news.next() => Ok(false),
                _ = rounds.tick() => self.rules.settle().await,
            };
            if let Err(failure) = settled {
                error!(%failure, "how far rules have come is not written");
            }
        }
    }

    async fn round(&mut self) -> Result<(), StoreError> {
        while !*self.stopped.borrow() && self.rules.read_on().await? {}
        Ok(())
    }
}
