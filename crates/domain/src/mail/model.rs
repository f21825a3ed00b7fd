//! Mails and what became of them.

use std::collections::BTreeSet;

use super::{MailKind, Message, TicketBrief};
use crate::identity::User;
use crate::kernel::clock::Moment;
use crate::kernel::id::{MailId, OrganizationId, UserId};
use crate::kernel::text::Email;

/// To whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    /// First and last name, or the login name.
    pub name: String,
    /// Address.
    pub address: Email,
}

impl From<&User> for Mailbox {
    fn from(user: &User) -> Self {
        Self { name: user.name(), address: user.email.clone() }
    }
}

/// A mail to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Identity; its `Message-ID` is made of it, the same however often it is sent.
    pub id: MailId,
    /// In whose name.
    pub organization: OrganizationId,
    /// To whom.
    pub to: Mailbox,
    /// Their account, if they have one and the mail is of a kind that they may do without.
    pub user: Option<UserId>,
    /// What it says.
    pub message: Message,
    /// When it was written.
    pub created_at: Moment,
    /// From when on it is no use any more.
    pub expires_at: Option<Moment>,
}

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutboxState {
    /// Is to be sent; tried next at that time.
    Waiting(Moment),
    /// A mail server took it.
    Sent(Moment),
    /// Given up: refused for good, too old, or tried too often.
    GivenUp,
}

/// A mail as it stands in the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxEntry {
    /// The mail.
    pub mail: Mail,
    /// Name of the organization that writes.
    pub organization_name: String,
    /// What became of it.
    pub state: OutboxState,
    /// How often it was tried.
    pub attempts: u32,
    /// What the mail server, or the way to it, said last.
    pub last_error: Option<String>,
}

/// Somebody who may be written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressee {
    /// Who.
    pub user: UserId,
    /// Where to.
    pub mailbox: Mailbox,
    /// What they do without.
    pub muted: BTreeSet<MailKind>,
}

/// Whom news of a ticket go to. Nobody who may not log in is among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correspondence {
    /// The ticket.
    pub ticket: TicketBrief,
    /// Who asked.
    pub requester: Option<Addressee>,
    /// Who works on it.
    pub assignee: Option<Addressee>,
    /// How it was resolved.
    pub resolution: Option<String>,
    /// Why it was rejected.
    pub rejection_reason: Option<String>,
}
