//! How far the times of sandboxes are ahead. Which organizations are sandboxes is kept in memory, since every request asks;
//! how far those are is read, so that what another replica has moved is seen at once.

use std::collections::HashSet;
use std::sync::{Arc, RwLock};

use async_trait::async_trait;
use chrono::TimeDelta;
use helpdesk_domain::kernel::id::OrganizationId;
use helpdesk_domain::kernel::{Moment, StoreError};
use helpdesk_domain::sandbox::port::OrganizationTimes;

use crate::Store;
use crate::fault::fault;
use crate::sql::Sql;

const SANDBOXES: &str = "SELECT id, clock_ahead FROM organization WHERE clock_ahead IS NOT NULL ORDER BY serial";

const AHEAD: &str = "SELECT clock_ahead FROM organization WHERE serial = ? AND clock_ahead IS NOT NULL";

/// Organizations that are sandboxes. One that is none any more may stay: it is zero ahead.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sandboxes(Arc<RwLock<HashSet<OrganizationId>>>);

impl Sandboxes {
    /// Notes one; answers whether it is new.
    pub fn learn(&self, organization: OrganizationId) -> bool {
        self.0.write().is_ok_and(|mut known| known.insert(organization))
    }

    fn has(&self, organization: OrganizationId) -> bool {
        self.0.read().is_ok_and(|known| known.contains(&organization))
    }
}

impl Store {
    /// The time from which on something is sent that was made at that time of its organization: a sandbox may be ahead, and
    /// everything is sent in everybody's time.
    pub(crate) fn real(&self, organization: OrganizationId, at: Moment) -> Moment {
        if self.sandboxes.has(organization) { self.clock.now() } else { at }
    }
}

#[async_trait]
impl OrganizationTimes for Store {
    async fn ahead(&self, organization: OrganizationId) -> Result<TimeDelta, StoreError> {
        if !self.sandboxes.has(organization) {
            return Ok(TimeDelta::zero());
        }
        let Some(serial) = self.organization_serial(organization).await? else { return Ok(TimeDelta::zero()) };
        let ahead = Sql::new(AHEAD, [serial.into()]).one(self.reader(), |row| row.next()).await.map_err(fault)?;
        Ok(TimeDelta::microseconds(ahead.unwrap_or(0)))
    }

    async fn moved(&self) -> Result<Vec<(OrganizationId, TimeDelta)>, StoreError> {
        let found = Sql::new(SANDBOXES, []).all(self.reader(), |row| Ok((OrganizationId(row.next()?), row.next::<i64>()?)));
        let mut moved = Vec::new();
        for (organization, ahead) in found.await.map_err(fault)? {
            self.sandboxes.learn(organization);
            if ahead > 0 {
                moved.push((organization, TimeDelta::microseconds(ahead)));
            }
        }
        Ok(moved)
    }
}
