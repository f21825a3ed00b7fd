//! Sending what is due.

use std::sync::Arc;

use chrono::TimeDelta;

use super::port::{Carrier, Outbox, Settled};
use super::{Mail, OutboxEntry};
use crate::kernel::clock::{Clock, Moment};
use crate::kernel::fault::StoreError;
use crate::kernel::id::CommentId;
use crate::ticket::port::Conversations;

/// For how long a mail belongs to who claimed it: longer than a [`Carrier`] takes.
const LEASE: TimeDelta = TimeDelta::seconds(60);
/// How often a mail is tried: for about two days.
const ATTEMPTS: u32 = 16;
/// The longest wait between two attempts.
const LONGEST: TimeDelta = TimeDelta::hours(4);

/// Sends the outbox. Whoever dies between a mail server's yes and ours sends the mail again, under the same id.
#[derive(Clone)]
pub struct Post {
    /// Where mails wait.
    pub outbox: Arc<dyn Outbox>,
    /// What is said on tickets.
    pub conversations: Arc<dyn Conversations>,
    /// Who takes them.
    pub carrier: Arc<dyn Carrier>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

impl Post {
    /// Sends the mail that is due longest; answers whether there was one.
    pub async fn deliver(&self) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let Some(entry) = self.outbox.claim(now, now + LEASE).await? else { return Ok(false) };
        let outcome = if self.is_taken_back(&entry.mail).await? {
            Settled::GivenUp("What it tells of was taken back.".to_owned())
        } else {
            self.tried(&entry, now).await
        };
        self.outbox.settle(entry.mail.id, entry.attempts, &outcome).await?;
        Ok(true)
    }

    /// Whether it shows a comment that is internal by now, or gone.
    async fn is_taken_back(&self, mail: &Mail) -> Result<bool, StoreError> {
        let Some(CommentId(shown)) = mail.message.shows() else { return Ok(false) };
        Ok(!self.conversations.public(mail.organization, &[shown]).await?.contains(&shown))
    }

    async fn tried(&self, entry: &OutboxEntry, now: Moment) -> Settled {
        if entry.mail.expires_at.is_some_and(|end| end <= now) {
            return Settled::GivenUp("It was of no use any more.".to_owned());
        }
        match self.carrier.carry(entry).await {
            Ok(()) => Settled::Sent(self.clock.now()),
            Err(error) if error.is_final || entry.attempts >= ATTEMPTS => Settled::GivenUp(error.reason),
            Err(error) => Settled::Again(self.clock.now() + wait(entry.attempts), error.reason),
        }
    }
}

/// Half a minute, then twice as long each time.
pub(super) fn wait(attempts: u32) -> TimeDelta {
    let doubled = 1_i32.checked_shl(attempts.saturating_sub(1)).filter(|times| *times > 0).unwrap_or(i32::MAX);
    TimeDelta::seconds(30).checked_mul(doubled).map_or(LONGEST, |wait| wait.min(LONGEST))
}
