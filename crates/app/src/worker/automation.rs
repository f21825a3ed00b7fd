//! Carries out rules.

use std::sync::Arc;

use helpdesk_domain::automation::Clockwork;
use helpdesk_domain::event::Projector;
use helpdesk_domain::kernel::id::OrganizationId;
use helpdesk_domain::kernel::{Clock, StoreError};

use super::Running;
use super::along::{Along, along};
use crate::wire::Installation;

/// So much is carried out for an organization before the others have their turn, and new events theirs.
const AT_ONCE: usize = 50;

/// Begins. Whatever this process commits meets the rules at once.
pub fn automate(installation: &Installation) -> Running {
    let (log, clockwork) = (installation.rule_reader().projector(), installation.clockwork());
    along(installation.store.news(), Automation { log, clockwork, clock: Arc::clone(&installation.clock) })
}

struct Automation {
    log: Projector,
    clockwork: Clockwork,
    clock: Arc<dyn Clock>,
}

impl Along for Automation {
    const DOES: &'static str = "carry out rules";

    fn log(&mut self) -> &mut Projector {
        &mut self.log
    }

    /// Carries out what is due, organization by organization.
    async fn look_around(&mut self) -> Result<bool, StoreError> {
        let (mut is_behind, mut failed) = (false, None);
        for organization in self.clockwork.queue.watched().await? {
            match self.carry_out(organization).await {
                Ok(is_more) => is_behind |= is_more,
                // Not the others' fault.
                Err(error) => failed = Some(error),
            }
        }
        failed.map_or(Ok(is_behind), Err)
    }
}

impl Automation {
    async fn carry_out(&self, organization: OrganizationId) -> Result<bool, StoreError> {
        for _ in 0..AT_ONCE {
            if !self.clockwork.carry_out(organization, self.clock.real()).await? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
