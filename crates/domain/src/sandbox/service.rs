//! Moving the time of a sandbox, and letting happen what comes true by it.

use std::sync::Arc;

use chrono::TimeDelta;

use super::port::OrganizationTimes;
use super::{IsEnough, Passing, SandboxError};
use crate::event::{Event, FieldChange};
use crate::identity::Organization;
use crate::identity::port::OrganizationRepository;
use crate::kernel::actor::Actor;
use crate::kernel::clock::{Clock, Moment};
use crate::kernel::fault::StoreError;
use crate::kernel::id::OrganizationId;
use crate::kernel::race;
use crate::kernel::violation::{Problem, Violations};
use crate::work::{Changes, Outcome, UnitOfWork, Write};

/// How far ahead a sandbox may be: a hundred years.
const MOST: TimeDelta = TimeDelta::days(36_525);

/// For so long somebody who moved a clock waits for what happens by it; the rest goes on without them.
const PATIENCE: TimeDelta = TimeDelta::seconds(15);

/// Where to move a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoveClock {
    /// To that time.
    To(Moment),
    /// So much further.
    By(TimeDelta),
}

/// The time of an organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrganizationClock {
    /// As it is there.
    pub now: Moment,
    /// Whether all that was due by then has happened.
    pub is_caught_up: bool,
}

/// The use cases of sandboxes.
#[derive(Clone)]
pub struct Sandboxes {
    /// Organizations.
    pub organizations: Arc<dyn OrganizationRepository>,
    /// How far they are ahead.
    pub times: Arc<dyn OrganizationTimes>,
    /// What happens because time goes by.
    pub passing: Passing,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

impl Sandboxes {
    /// The time of the actor's organization; for staff.
    pub async fn clock(&self, actor: &Actor) -> Result<OrganizationClock, SandboxError> {
        if !actor.is_staff() {
            return Err(SandboxError::Forbidden);
        }
        let now = self.clock.real() + self.times.ahead(actor.organization).await?;
        Ok(OrganizationClock { now, is_caught_up: self.passing.is_done(actor.organization, now).await? })
    }

    /// Moves the time of the actor's organization forward; for admins. What comes true on the way happens, in order and with
    /// its own times, before this answers; where that takes long, the rest of it goes on behind it, in the same order.
    pub async fn move_clock(&self, actor: &Actor, command: MoveClock) -> Result<OrganizationClock, SandboxError> {
        if !actor.is_admin() {
            return Err(SandboxError::Forbidden);
        }
        let now = race::settle(true, async || self.move_once(actor, command).await).await?;
        let began = self.clock.real();
        let is_enough = || self.clock.real() - began > PATIENCE;
        // the time has moved, whatever becomes of the rest: who watches the clocks tries it again, and says why
        let is_caught_up = self.passing.catch_up(actor.organization, now, &is_enough).await.unwrap_or(false);
        Ok(OrganizationClock { now, is_caught_up })
    }

    async fn move_once(&self, actor: &Actor, command: MoveClock) -> Result<Moment, SandboxError> {
        let organization = self.organizations.get(actor.organization).await?.ok_or(SandboxError::NoSandbox)?;
        let ahead = organization.ahead.ok_or(SandboxError::NoSandbox)?;
        let was = self.clock.real() + ahead;
        let step = step(command, was, ahead)?;
        let now = was + step;
        let told = |moment: Moment| Some(moment.to_rfc3339());
        let change = FieldChange { field: "clock".to_owned(), old: told(was), new: told(now) };
        let event = Event::of_organization(actor, was, vec![change]);
        let outcome = Outcome { kind: "organization_clock", id: organization.id.0, parent: None, created: false };
        let moved = Organization { ahead: Some(ahead + step), ..organization };
        self.work.commit(Changes::by(actor).with(Write::SaveOrganization(moved), [event]).showing(outcome)).await?;
        Ok(now)
    }

    /// How far the time of an organization is ahead.
    pub async fn ahead(&self, organization: OrganizationId) -> Result<TimeDelta, StoreError> {
        self.times.ahead(organization).await
    }

    /// Lets happen what is due in the sandboxes that are ahead, until it `is_enough`; answers whether that is all. Each turn
    /// begins with another one, so that none where much happens keeps the others waiting for good.
    pub async fn pass(&self, turn: usize, is_enough: IsEnough<'_>) -> Result<bool, StoreError> {
        let mut moved = self.times.moved().await?;
        let first = turn.checked_rem(moved.len()).unwrap_or_default();
        moved.rotate_left(first);
        let mut passed = Ok(true);
        for (organization, ahead) in moved {
            if is_enough() {
                return passed.map(|_| false);
            }
            let caught_up = self.passing.catch_up(organization, self.clock.real() + ahead, is_enough).await;
            passed = passed.and_then(|all| Ok(caught_up? && all));
        }
        passed
    }
}

/// How far the clock goes, in whole microseconds, where that is forward and not too far.
fn step(command: MoveClock, was: Moment, ahead: TimeDelta) -> Result<TimeDelta, Violations> {
    let (field, step) = match command {
        MoveClock::To(moment) => ("now", moment - was),
        MoveClock::By(step) => ("advance_seconds", step),
    };
    if step <= TimeDelta::zero() {
        return Err(Violations::one(field, Problem::Other("Time only moves forward.")));
    }
    if step > MOST || ahead + step > MOST {
        return Err(Violations::one(field, Problem::Other("A sandbox is at most 100 years ahead.")));
    }
    // what both databases keep
    Ok(step - TimeDelta::nanoseconds(i64::from(step.subsec_nanos() % 1_000)))
}
