//! Rules that begin with time, while the time of a sandbox goes by.

use async_trait::async_trait;
use chrono::TimeDelta;

use super::clockwork::Clockwork;
use crate::kernel::clock::Moment;
use crate::kernel::fault::StoreError;
use crate::kernel::id::OrganizationId;
use crate::sandbox::{Due, IsEnough};

#[async_trait]
impl Due for Clockwork {
    /// What is due is found when it is asked for.
    async fn begin(&self, _: OrganizationId, _: IsEnough<'_>) -> Result<bool, StoreError> {
        Ok(true)
    }

    async fn has_begun(&self, _: OrganizationId) -> Result<bool, StoreError> {
        Ok(true)
    }

    /// What was due before `after` and could not be dealt with keeps what comes behind it waiting, as it does in real time.
    async fn next(
        &self,
        organization: OrganizationId,
        after: Option<Moment>,
        until: Moment,
    ) -> Result<Option<Moment>, StoreError> {
        let first = self.first_due(organization, until - TimeDelta::microseconds(1)).await?;
        Ok(first.filter(|at| after.is_none_or(|after| *at > after)))
    }

    async fn happen(&self, organization: OrganizationId, at: Moment, is_enough: IsEnough<'_>) -> Result<bool, StoreError> {
        while self.carry_out(organization, at).await? {
            if is_enough() {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
