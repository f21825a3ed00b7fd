//! What happens because time goes by, in the order in which it comes true.

use std::sync::Arc;

use async_trait::async_trait;

use crate::kernel::clock::Moment;
use crate::kernel::fault::StoreError;
use crate::kernel::id::OrganizationId;

/// Something that happens because time goes by: the alarms of service levels are one.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait Due: Send + Sync {
    /// Brings up to date what says when something is due.
    async fn begin(&self, organization: OrganizationId) -> Result<(), StoreError>;
    /// When the first of it is due in that organization that comes behind `after`, where that is given, and before `until`.
    async fn next(
        &self,
        organization: OrganizationId,
        after: Option<Moment>,
        until: Moment,
    ) -> Result<Option<Moment>, StoreError>;
    /// Does all of it that is due at just that moment, and with that time. Others MAY be doing the same.
    async fn happen(&self, organization: OrganizationId, at: Moment) -> Result<(), StoreError>;
}

/// Lets time go by.
#[derive(Clone, Default)]
pub struct Passing {
    /// What happens on the way; of what is due at the same moment, the first of these comes first.
    pub due: Vec<Arc<dyn Due>>,
}

impl Passing {
    /// Lets everything happen that is due in the organization before that moment of its time, strictly one moment after the
    /// other; answers whether that is all: it stops early once it `is_enough`. What can't be dealt with keeps nothing else
    /// from happening, and is told at the end.
    pub async fn catch_up(
        &self,
        organization: OrganizationId,
        until: Moment,
        is_enough: &(dyn Fn() -> bool + Sync),
    ) -> Result<bool, StoreError> {
        for due in &self.due {
            due.begin(organization).await?;
        }
        let (mut after, mut broken) = (None, None);
        loop {
            let next = self.next(organization, after, until).await?;
            let Some(at) = next.iter().flatten().min().copied() else { break };
            if is_enough() {
                return Ok(false);
            }
            for (due, _) in self.due.iter().zip(&next).filter(|(_, next)| **next == Some(at)) {
                match due.happen(organization, at).await {
                    Ok(()) => {}
                    Err(gone @ StoreError::Unavailable(_)) => return Err(gone),
                    Err(failure) => drop(broken.get_or_insert(failure)),
                }
            }
            after = Some(at);
        }
        broken.map_or(Ok(true), Err)
    }

    /// When the next of each is due.
    async fn next(
        &self,
        organization: OrganizationId,
        after: Option<Moment>,
        until: Moment,
    ) -> Result<Vec<Option<Moment>>, StoreError> {
        let mut next = Vec::with_capacity(self.due.len());
        for due in &self.due {
            next.push(due.next(organization, after, until).await?);
        }
        Ok(next)
    }

    /// Whether nothing is due in the organization before that moment.
    pub async fn is_done(&self, organization: OrganizationId, until: Moment) -> Result<bool, StoreError> {
        Ok(self.next(organization, None, until).await?.iter().all(Option::is_none))
    }
}
