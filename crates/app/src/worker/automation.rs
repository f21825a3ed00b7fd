//! Carries out rules.

use std::sync::Arc;
use std::time::Duration;

use helpdesk_domain::automation::{Clockwork, RuleRunner};
use helpdesk_domain::kernel::Clock;
use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::kernel::id::OrganizationId;
use helpdesk_persistence::News;
use tokio::sync::watch;
use tracing::error;

use super::Running;
use crate::wire::Installation;

/// How often it looks without being woken, for what other replicas commit, and writes down how far it has read.
const ROUND: Duration = Duration::from_secs(2);

/// So much is carried out for an organization before the others have their turn, and new events theirs.
const AT_ONCE: usize = 50;

/// Begins. Whatever this process commits meets the rules at once.
pub fn automate(installation: &Installation) -> Running {
    let (news, rules) = (installation.store.news(), installation.rule_runner());
    let (clockwork, clock) = (installation.clockwork(), Arc::clone(&installation.clock));
    Running::start(|stopped| Work { news, rules, clockwork, clock, is_behind: false, stopped }.go_on())
}

struct Work {
    news: News,
    rules: RuleRunner,
    clockwork: Clockwork,
    clock: Arc<dyn Clock>,
    /// More is due than was carried out.
    is_behind: bool,
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
                () = std::future::ready(()), if self.is_behind => self.look_at_the_clock().await,
                () = self.news.next() => Ok(false),
                _ = rounds.tick() => self.look_at_the_clock().await,
            };
            if let Err(failure) = settled {
                error!(%failure, "how far rules have come is not written");
            }
        }
    }

    /// Carries out what is due, organization by organization.
    async fn look_at_the_clock(&mut self) -> Result<bool, StoreError> {
        let mut failed = None;
        self.is_behind = false;
        for organization in self.clockwork.queue.watched().await? {
            match self.carry_out(organization).await {
                Ok(is_more) => self.is_behind |= is_more,
                // Not the others' fault.
                Err(error) => failed = Some(error),
            }
        }
        let settled = self.rules.settle().await;
        failed.map_or(settled, Err)
    }

    async fn carry_out(&self, organization: OrganizationId) -> Result<bool, StoreError> {
        for _ in 0..AT_ONCE {
            if *self.stopped.borrow() || !self.clockwork.carry_out(organization, self.clock.real()).await? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn round(&mut self) -> Result<(), StoreError> {
        while !*self.stopped.borrow() && self.rules.read_on().await? {}
        Ok(())
    }
}
