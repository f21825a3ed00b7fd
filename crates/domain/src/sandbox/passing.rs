//! What happens because time goes by, in the order in which it comes true.

use std::sync::Arc;

use async_trait::async_trait;

use crate::kernel::clock::Moment;
use crate::kernel::fault::StoreError;
use crate::kernel::id::OrganizationId;

/// Whether somebody has waited long enough for what happens.
pub type IsEnough<'a> = &'a (dyn Fn() -> bool + Sync);

/// Something that happens because time goes by: the alarms of service levels are one. What takes long MUST stop early, at
/// the latest after 200 things, once it `is_enough`, and answers whether that was all.
#[async_trait]
pub trait Due: Send + Sync {
    /// Brings up to date what says when something is due.
    async fn begin(&self, organization: OrganizationId, is_enough: IsEnough<'_>) -> Result<bool, StoreError>;
    /// Whether that is up to date.
    async fn has_begun(&self, organization: OrganizationId) -> Result<bool, StoreError>;
    /// When the first of it is due in that organization that comes behind `after`, where that is given, and before `until`.
    async fn next(
        &self,
        organization: OrganizationId,
        after: Option<Moment>,
        until: Moment,
    ) -> Result<Option<Moment>, StoreError>;
    /// Does all of it that is due at just that moment, and with that time. Others MAY be doing the same.
    async fn happen(&self, organization: OrganizationId, at: Moment, is_enough: IsEnough<'_>) -> Result<bool, StoreError>;
}

/// What comes of what happened: rules that begin with events are one.
#[async_trait]
pub trait Consequence: Send + Sync {
    /// Lets happen what comes of all that the organization's log tells, with the times of what it comes of; answers whether
    /// that was all: it stops early once it `is_enough`. Others MAY be doing the same.
    async fn follow(&self, organization: OrganizationId, is_enough: IsEnough<'_>) -> Result<bool, StoreError>;
}

/// Lets time go by.
#[derive(Clone, Default)]
pub struct Passing {
    /// What happens on the way; of what is due at the same moment, the first of these comes first.
    pub due: Vec<Arc<dyn Due>>,
    /// What comes of it before anything later is due.
    pub consequences: Vec<Arc<dyn Consequence>>,
}

impl Passing {
    /// Lets everything happen that is due in the organization before that moment of its time, strictly one moment after the
    /// other, with what comes of each before the next; answers whether that is all: it stops early once it `is_enough`. What
    /// can't be dealt with keeps nothing else from happening, and is told at the end.
    pub async fn catch_up(
        &self,
        organization: OrganizationId,
        until: Moment,
        is_enough: IsEnough<'_>,
    ) -> Result<bool, StoreError> {
        for due in &self.due {
            if !due.begin(organization, is_enough).await? {
                return Ok(false);
            }
        }
        let (mut after, mut broken) = (None, None);
        let mut is_all = settle(self.follow(organization, is_enough).await, &mut broken)?;
        while is_all {
            let next = self.next(organization, after, until).await?;
            let Some(at) = next.iter().flatten().min().copied() else { break };
            is_all = !is_enough();
            let now = self.due.iter().zip(&next).filter(|(_, next)| **next == Some(at));
            for (due, _) in now {
                let mut failed = None;
                is_all = is_all && settle(due.happen(organization, at, is_enough).await, &mut failed)?;
                // it is passed by, and so is what was due before it
                after = after.max(failed.as_ref().map(|_| at));
                broken = broken.or(failed);
            }
            is_all = is_all && settle(self.follow(organization, is_enough).await, &mut broken)?;
        }
        broken.map_or(Ok(is_all), Err)
    }

    /// What comes of what the log tells.
    async fn follow(&self, organization: OrganizationId, is_enough: IsEnough<'_>) -> Result<bool, StoreError> {
        for consequence in &self.consequences {
            if !consequence.follow(organization, is_enough).await? {
                return Ok(false);
            }
        }
        Ok(true)
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
        for due in &self.due {
            if !due.has_begun(organization).await? {
                return Ok(false);
            }
        }
        Ok(self.next(organization, None, until).await?.iter().all(Option::is_none))
    }
}

/// Goes on where only this can't be dealt with.
fn settle(done: Result<bool, StoreError>, broken: &mut Option<StoreError>) -> Result<bool, StoreError> {
    match done {
        Err(failure) if !matches!(failure, StoreError::Unavailable(_)) => {
            broken.get_or_insert(failure);
            Ok(true)
        }
        done => done,
    }
}
