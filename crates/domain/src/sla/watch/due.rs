//! Alarms of a sandbox, in the order of their times.

use async_trait::async_trait;
use chrono::TimeDelta;

use super::{BATCH, Watch};
use crate::kernel::clock::Moment;
use crate::kernel::fault::StoreError;
use crate::kernel::id::OrganizationId;
use crate::sandbox::{Due, IsEnough};

#[async_trait]
impl Due for Watch {
    /// Judges what was last judged by an older policy, since its alarms are those of that one.
    async fn begin(&self, organization: OrganizationId, is_enough: IsEnough<'_>) -> Result<bool, StoreError> {
        loop {
            let mut judged = 0;
            for ticket in self.queue.outdated_in(organization, BATCH).await? {
                match self.judge_once(organization, ticket).await {
                    Ok(()) => judged += 1,
                    Err(gone @ StoreError::Unavailable(_)) => return Err(gone),
                    // who judges the tickets of everybody tells of it
                    Err(_) => {}
                }
                if is_enough() {
                    return Ok(false);
                }
            }
            if judged == 0 {
                return Ok(true);
            }
        }
    }

    async fn has_begun(&self, organization: OrganizationId) -> Result<bool, StoreError> {
        Ok(self.queue.outdated_in(organization, 1).await?.is_empty())
    }

    async fn next(
        &self,
        organization: OrganizationId,
        after: Option<Moment>,
        until: Moment,
    ) -> Result<Option<Moment>, StoreError> {
        self.queue.next_alarm(organization, after, until).await
    }

    async fn happen(&self, organization: OrganizationId, at: Moment, is_enough: IsEnough<'_>) -> Result<bool, StoreError> {
        // an alarm rings once its time is past
        let just_behind = at + TimeDelta::microseconds(1);
        let mut broken = None;
        loop {
            let mut rung = 0;
            for ticket in self.queue.alarms_at(organization, at, BATCH).await? {
                match self.ring_once(organization, ticket, just_behind).await {
                    Ok(()) => rung += 1,
                    Err(StoreError::Stale) => {}
                    Err(gone @ StoreError::Unavailable(_)) => return Err(gone),
                    Err(failure) => drop(broken.get_or_insert(failure)),
                }
                if is_enough() {
                    return Ok(false);
                }
            }
            if rung == 0 {
                return broken.map_or(Ok(true), Err);
            }
        }
    }
}
