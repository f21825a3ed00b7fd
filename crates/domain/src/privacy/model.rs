//! What is kept of a person, as it is taken out.

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::kernel::clock::Moment;
use crate::kernel::id::{Serial, TicketId, UserId};

/// A person, also when their account is gone.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonalView {
    /// UUID.
    pub id: UserId,
    /// Integer.
    pub serial: Serial,
    /// Whether the organization would miss an admin without them.
    pub is_active_admin: bool,
    /// The account, field by field.
    pub account: Map<String, Value>,
    /// The customers of work orders that they are, and where those live.
    pub sites: Vec<Uuid>,
    /// When the person was erased.
    pub erased_at: Option<Moment>,
}

/// What is kept of people besides their accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// What they asked for.
    Tickets,
    /// What they said.
    Comments,
    /// What they uploaded; without the contents.
    Files,
    /// How content they were.
    Ratings,
    /// When they logged in; for 30 days.
    Logins,
    /// Their keys for programs; without the secrets.
    ApiKeys,
    /// What the audit log tells of them.
    AuditLog,
    /// What they were told in the desk.
    Notifications,
    /// What they were written; for 30 days.
    Mails,
    /// Whom work was done for, where that is they.
    Customers,
    /// Where it was done.
    Locations,
    /// The answers that they wrote to be used often.
    Templates,
    /// The questions that they saved.
    Filters,
    /// Which articles helped them.
    Votes,
    /// Which notifications they want.
    NotificationPreferences,
    /// Which mails they do without.
    MailMutes,
}

impl Section {
    /// All of them, in the order of the document.
    pub const ALL: [Self; 16] = [
        Self::Tickets,
        Self::Comments,
        Self::Files,
        Self::Ratings,
        Self::Logins,
        Self::ApiKeys,
        Self::AuditLog,
        Self::Notifications,
        Self::Mails,
        Self::Customers,
        Self::Locations,
        Self::Templates,
        Self::Filters,
        Self::Votes,
        Self::NotificationPreferences,
        Self::MailMutes,
    ];

    /// Its name in the document.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Tickets => "tickets",
            Self::Comments => "comments",
            Self::Files => "files",
            Self::Ratings => "ratings",
            Self::Logins => "logins",
            Self::ApiKeys => "api_keys",
            Self::AuditLog => "audit_log",
            Self::Notifications => "notifications",
            Self::Mails => "mails",
            Self::Customers => "customers",
            Self::Locations => "locations",
            Self::Templates => "templates",
            Self::Filters => "filters",
            Self::Votes => "article_votes",
            Self::NotificationPreferences => "notification_preferences",
            Self::MailMutes => "muted_mails",
        }
    }
}

/// One thing that is kept of a person.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonalRecord {
    /// Its UUID, where it has one, and its integer.
    pub id: Option<(Uuid, Serial)>,
    /// The ticket that it belongs to.
    pub ticket: Option<(TicketId, Serial)>,
    /// The rest, field by field; times in RFC 3339, words as the domain has them.
    pub fields: Map<String, Value>,
}

/// That somebody is erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// UUID.
    pub user: UserId,
    /// Integer.
    pub serial: Serial,
    /// When.
    pub erased_at: Moment,
}
