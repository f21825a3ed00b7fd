//! Bringing what is due.

use std::sync::Arc;

use chrono::TimeDelta;

use super::port::{Carrier, Deliveries, Refused, Settled};
use super::{DeliveryEntry, Destination, Due, Recipient};
use crate::identity::port::OrganizationRepository;
use crate::kernel::clock::{Clock, Moment};
use crate::kernel::fault::StoreError;
use crate::kernel::id::DeliveryId;
use crate::webhook::Pauses;
use crate::workflow::Workflows;

/// For how long a message belongs to who claimed it: longer than a [`Carrier`] takes.
const LEASE: TimeDelta = TimeDelta::seconds(30);
/// The wait after the first attempt.
const SHORTEST: TimeDelta = TimeDelta::seconds(5);
/// The longest wait between two attempts.
const LONGEST: TimeDelta = TimeDelta::hours(1);
/// A webhook that takes nothing for so long is paused.
const DEAD: TimeDelta = TimeDelta::hours(24);
/// The status of who wants to be told nothing more.
const GONE: u16 = 410;

/// Brings what is due, at least once: who dies between the recipient's yes and ours sends it again, under the same id.
#[derive(Clone)]
pub struct Courier {
    /// Where messages wait.
    pub deliveries: Arc<dyn Deliveries>,
    /// Who takes them there.
    pub carrier: Arc<dyn Carrier>,
    /// Organizations.
    pub organizations: Arc<dyn OrganizationRepository>,
    /// Where their finished tickets go.
    pub workflows: Workflows,
    /// Pauses webhooks that nobody answers.
    pub pauses: Pauses,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

/// What became of a message that was due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    /// The message.
    pub entry: DeliveryEntry,
    /// What became of it.
    pub outcome: Settled,
}

impl Courier {
    /// Recipients that something is due for, those that fail behind the others.
    pub async fn due(&self) -> Result<Vec<Due>, StoreError> {
        self.deliveries.due(self.clock.now()).await
    }

    /// Brings one recipient what is due longest; none when nothing is.
    pub async fn deliver(&self, recipient: Recipient) -> Result<Option<Brought>, StoreError> {
        let now = self.clock.now();
        let Some(entry) = self.deliveries.claim(recipient, now, now + LEASE).await? else { return Ok(None) };
        let answer = match self.destination(&entry).await? {
            Some(destination) => self.carrier.carry(&entry, &destination, now).await,
            None => Err(Refused { reason: "there is no address to send it to".to_owned(), answer: None }),
        };
        let outcome = match answer {
            Ok(status) => Settled::Delivered(status),
            Err(refused) => next(&entry, self.clock.now(), refused),
        };
        let now = self.clock.now();
        self.deliveries.settle(&entry, &outcome, now).await?;
        if let (Recipient::Webhook(webhook), Some(reason)) = (recipient, dead(&entry, &outcome, now)) {
            self.pauses.pause(entry.delivery.organization, webhook, reason, now).await?;
        }
        Ok(Some(Brought { entry, outcome }))
    }

    async fn destination(&self, entry: &DeliveryEntry) -> Result<Option<Destination>, StoreError> {
        let Recipient::Workflow(organization) = entry.delivery.recipient else { return Ok(entry.destination.clone()) };
        let organization = self.organizations.get(organization).await?;
        Ok(organization.and_then(|organization| self.workflows.of(&organization)))
    }
}

/// Why a webhook is told nothing more, if it is not.
fn dead(entry: &DeliveryEntry, outcome: &Settled, now: Moment) -> Option<&'static str> {
    let (Settled::Again(_, refused) | Settled::GivenUp(refused)) = outcome else { return None };
    if refused.answer.as_ref().is_some_and(|answer| answer.status == GONE) {
        return Some("It answered 410 Gone.");
    }
    let is_silent = entry.failing_since.is_some_and(|since| now - since >= DEAD);
    is_silent.then_some("Nothing was taken for 24 hours.")
}

fn next(entry: &DeliveryEntry, now: Moment, refused: Refused) -> Settled {
    let at = now + wait(entry.delivery.id, entry.attempts);
    if at > entry.until { Settled::GivenUp(refused) } else { Settled::Again(at, refused) }
}

/// Five seconds, then twice as long each time, each a quarter more or less, so that what failed together is not tried
/// together: by how much is in the message's id.
pub(super) fn wait(delivery: DeliveryId, attempts: u32) -> TimeDelta {
    let doubled = 1_i32.checked_shl(attempts.saturating_sub(1)).filter(|times| *times > 0).unwrap_or(i32::MAX);
    let wait = SHORTEST.checked_mul(doubled).map_or(LONGEST, |wait| wait.min(LONGEST));
    let random = delivery.0.as_u128().rotate_right(attempts.wrapping_mul(7)) % 501;
    let permille = i32::try_from(random).unwrap_or(250) + 750;
    wait * permille / 1000
}
