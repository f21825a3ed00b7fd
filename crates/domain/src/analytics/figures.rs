//! Figures about people and about the machinery.

use chrono::NaiveDate;

use crate::identity::Role;

/// An organization's accounts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleFigures {
    /// How many of each role may log in.
    pub by_role: Vec<(Role, u64)>,
    /// How many have been switched off.
    pub inactive: u64,
    /// How many wait for approval.
    pub pending: u64,
    /// How many were made on each of the days; days without any may be absent.
    pub new_by_day: Vec<(NaiveDate, u64)>,
    /// How many were last seen (login, renewal of a token) on these days.
    pub seen: u64,
}

/// What waits to be done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// How many wait; counting stops at 10 000.
    pub waiting: u64,
    /// How many of those have failed at least once.
    pub failing: u64,
    /// For how many seconds the oldest has been waiting.
    pub oldest_seconds: Option<i64>,
}

/// A reader of the event log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consumer {
    /// What it is called.
    pub name: String,
    /// Up to where it has read.
    pub position: i64,
}

/// How the machinery keeps up with one organization.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SystemFigures {
    /// Mails in the outbox.
    pub mail: Queue,
    /// Tickets on their way to the external workflow.
    pub workflow: Queue,
    /// Messages on their way to webhooks.
    pub webhooks: Queue,
    /// The last position of the event log.
    pub last_position: i64,
    /// Who reads the log, by name.
    pub consumers: Vec<Consumer>,
    /// `sqlite` or `postgresql`.
    pub database: &'static str,
    /// The size of the whole database.
    pub database_bytes: u64,
}
