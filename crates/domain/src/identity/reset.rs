//! Leave to choose a new password without knowing the old one.

use std::sync::Arc;

use chrono::TimeDelta;

use super::User;
use super::port::Secrets;
use crate::kernel::clock::{Ids, Moment};
use crate::kernel::id::{MailId, ResetId, UserId};
use crate::mail::{Mail, Mailbox, Message};
use crate::work::Write;

/// SHA-256 of a secret that was given out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretDigest(pub [u8; 32]);

/// Leave to choose a new password, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordReset {
    /// Identity.
    pub id: ResetId,
    /// Whose; none where an address was asked for that nobody has.
    pub user: Option<UserId>,
    /// What its secret is known by.
    pub secret: SecretDigest,
    /// When it was asked for.
    pub created_at: Moment,
    /// When it ends.
    pub expires_at: Moment,
    /// When it was used, or ended before its time.
    pub spent_at: Option<Moment>,
}

impl PasswordReset {
    /// For how many hours a link is good that somebody asked for.
    pub const HOURS: i64 = 1;
    /// For how many days a link is good that nobody asked for: it comes with an account that an admin made.
    pub const INVITATION_DAYS: i64 = 7;

    /// Whether its secret still opens anything.
    pub fn is_live(&self, now: Moment) -> bool {
        self.spent_at.is_none() && now < self.expires_at
    }
}

/// Makes resets, and the mails that bring them.
#[derive(Clone)]
pub struct Resets {
    /// Secrets.
    pub secrets: Arc<dyn Secrets>,
    /// Fresh identities.
    pub ids: Arc<dyn Ids>,
}

impl Resets {
    /// What to write for somebody who forgot the password. For nobody it is a reset that opens nothing, so that both
    /// take as long.
    pub fn forgotten(&self, user: Option<&User>, now: Moment) -> Vec<Write> {
        let reset = self.reset(user, now, TimeDelta::hours(PasswordReset::HOURS));
        let mail = user.map(|user| self.mail(user, Message::PasswordReset { reset: reset.id, user: user.id }, &reset));
        std::iter::once(Write::AddReset(reset)).chain(mail).collect()
    }

    /// What to write beside a new account that an admin made: a mail with a link to choose a password.
    pub fn invitation(&self, user: &User, now: Moment) -> Vec<Write> {
        let reset = self.reset(Some(user), now, TimeDelta::days(PasswordReset::INVITATION_DAYS));
        let mail = self.mail(user, Message::PasswordWanted { reset: reset.id, user: user.id }, &reset);
        vec![Write::AddReset(reset), mail]
    }

    fn reset(&self, user: Option<&User>, now: Moment, lasting: TimeDelta) -> PasswordReset {
        let id = ResetId(self.ids.next());
        PasswordReset {
            id,
            user: user.map(|user| user.id),
            secret: self.secrets.digest(&self.secrets.of_reset(id)),
            created_at: now,
            expires_at: now + lasting,
            spent_at: None,
        }
    }

    fn mail(&self, user: &User, message: Message, reset: &PasswordReset) -> Write {
        Write::AddMail(Box::new(Mail {
            id: MailId(self.ids.next()),
            organization: user.organization,
            to: Mailbox::from(user),
            user: None,
            message,
            created_at: reset.created_at,
            expires_at: Some(reset.expires_at),
        }))
    }
}
