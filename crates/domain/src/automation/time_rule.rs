//! What is done with tickets that have waited.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{Conditions, FieldValues, Rule, RuleAction, Saying, Trigger};
use crate::event::ByRule;
use crate::identity::{Chosen, OrganizationSettings};
use crate::kernel::clock::Moment;
use crate::ticket::{Status, TicketState};

/// What a ticket waits in, or for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Waiting {
    /// Since it entered this status.
    Status(Status),
    /// Since somebody said something on it in public.
    NoReply,
    /// Since it was opened.
    Created,
}

/// So many minutes of waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delay {
    /// In what.
    pub waiting: Waiting,
    /// How long.
    pub minutes: i64,
}

/// How far a rule has come among those that wait: the next is behind this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// When the last began to wait.
    pub at: Moment,
    /// Its integer.
    pub ticket: i64,
}

/// What is done with tickets that have waited, by a rule or by the desk itself.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeRule {
    /// What its place is kept under.
    pub key: String,
    /// How events say that it made them.
    pub signature: ByRule,
    /// In what tickets wait.
    pub waiting: Waiting,
    /// How long.
    pub after: TimeDelta,
    /// Since when it is carried out.
    pub since: Moment,
    /// Whether it takes up what had waited long enough before.
    pub takes_up: bool,
    /// When it applies.
    pub conditions: Conditions,
    /// What it does.
    pub actions: Vec<RuleAction>,
}

/// What is said to who does not answer.
const REMINDER: &str = "Hello {requester}, we are waiting for your answer to {ticket_number} “{title}”.";

impl Waiting {
    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Status(_) => "status",
            Self::NoReply => "no_reply",
            Self::Created => "created",
        }
    }

    /// Whether the ticket still waits.
    pub fn keeps(self, ticket: &TicketState) -> bool {
        match self {
            Self::Status(status) => ticket.status == status,
            Self::NoReply | Self::Created => ticket.closed_at.is_none(),
        }
    }
}

impl TimeRule {
    /// The rule, if it begins with time.
    pub fn of(rule: &Rule) -> Option<Self> {
        let Trigger::Time(Delay { waiting, minutes }) = rule.trigger else { return None };
        Some(Self {
            key: rule.id.to_string(),
            signature: rule.signature(None),
            waiting,
            after: TimeDelta::minutes(minutes),
            since: rule.active_since,
            takes_up: false,
            conditions: rule.conditions.clone(),
            actions: rule.actions.clone(),
        })
    }

    /// What an organization has the desk do.
    pub fn own(settings: &OrganizationSettings) -> Vec<Self> {
        let closed = FieldValues { status: Some(Status::Closed), ..FieldValues::default() };
        let close = settings.auto_close.map(|chosen| {
            Self::of_desk("auto_close", "Automatic closing", Status::Resolved, chosen, RuleAction::Set(Box::new(closed)))
        });
        let reminder = Saying { content: REMINDER.to_owned(), is_internal: false };
        let remind = settings
            .pending_reminder
            .map(|chosen| Self::of_desk("pending_reminder", "Reminder", Status::Pending, chosen, RuleAction::Comment(reminder)));
        close.into_iter().chain(remind).collect()
    }

    fn of_desk(key: &str, name: &str, status: Status, Chosen { days, since }: Chosen, action: RuleAction) -> Self {
        Self {
            key: key.to_owned(),
            signature: ByRule { id: None, name: name.to_owned(), chain: Vec::new(), route: None },
            waiting: Waiting::Status(status),
            after: TimeDelta::days(days),
            since,
            takes_up: true,
            conditions: Conditions::default(),
            actions: vec![action],
        }
    }

    /// When a ticket is due that began to wait then; what had waited long enough before is due when the rule was chosen.
    pub fn due(&self, began: Moment) -> Moment {
        (began + self.after).max(self.since)
    }

    /// Behind which it goes on: a place that was reached by another rule under its name is none.
    pub fn from(&self, stored: Option<&(Moment, Cursor)>) -> Cursor {
        let reached = stored.filter(|(since, _)| *since == self.since || self.takes_up).map(|(_, cursor)| *cursor);
        let beginning = if self.takes_up {
            Cursor { at: Moment::UNIX_EPOCH, ticket: 0 }
        } else {
            Cursor { at: self.since - self.after, ticket: i64::MAX }
        };
        reached.unwrap_or(beginning)
    }
}
