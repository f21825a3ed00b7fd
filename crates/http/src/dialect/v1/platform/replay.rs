//! What a rule would have done; the same in both dialects.

use chrono::{DateTime, Utc};
use helpdesk_domain::automation::{Match, Outcome, Replayed};
use serde::Serialize;
use utoipa::ToSchema;

use super::rule::Ticket;

/// What a rule would have done on a stretch of the event log.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RuleReplay)]
pub struct Replay {
    /// The events that it would have applied to, in their order.
    pub matches: Vec<ReplayMatch>,
    /// How many events were looked at.
    pub events: u64,
    /// The position of the last of them; `after` of the next stretch.
    pub after: i64,
    /// Whether tickets were judged as they were then; not where more than 10 000 events have followed.
    pub is_exact: bool,
}

/// An event that a rule would have applied to.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RuleMatch)]
pub struct ReplayMatch {
    /// The event's position.
    pub event: i64,
    /// Its type.
    #[schema(example = "ticket.created")]
    #[serde(rename = "type")]
    pub kind: String,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// The ticket.
    pub ticket: Ticket,
    /// `done`, `failed`, `cut`, or `unchanged` where everything was so already.
    pub outcome: String,
    /// What would have been done, or why not.
    pub detail: String,
}

impl From<Replayed> for Replay {
    fn from(replayed: Replayed) -> Self {
        let Replayed { matches, events, after, is_exact } = replayed;
        Self { matches: matches.into_iter().map(ReplayMatch::from).collect(), events, after, is_exact }
    }
}

impl From<Match> for ReplayMatch {
    fn from(found: Match) -> Self {
        let Match { position, kind, at, ticket, outcome, detail } = found;
        Self {
            event: position,
            kind,
            occurred_at: at,
            ticket: Ticket::of(&ticket),
            outcome: outcome.map_or("unchanged", Outcome::word).to_owned(),
            detail,
        }
    }
}
