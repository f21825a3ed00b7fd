//! What becomes of a generated ticket, told by the ticket's own verbs.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use helpdesk_domain::event::{Event, Happened};
use helpdesk_domain::kernel::id::{CommentId, TicketId};
use helpdesk_domain::kernel::text::{CommentText, Description, Title};
use helpdesk_domain::kernel::{Actor, Moment};
use helpdesk_domain::sla::Pauses;
use helpdesk_domain::ticket::{
    Action, Comment, CommentState, Judged, Priority, Status, Ticket, TicketChange, TicketError, TicketState, Utterance,
};
use helpdesk_persistence::Loaded;
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use uuid::Builder;

use super::cast::{Cast, named};
use super::{text, words};

/// Tickets younger than this may still be worked on; nearly all others are closed.
const RECENT: TimeDelta = TimeDelta::days(45);

/// Where lives end, and of a hundred how many.
const ENDS_OF_RECENT: &[(Status, u32)] = &[
    (Status::New, 3),
    (Status::Open, 24),
    (Status::InProgress, 22),
    (Status::Pending, 11),
    (Status::OnHold, 7),
    (Status::Resolved, 13),
    (Status::Closed, 18),
    (Status::Withdrawn, 2),
];
const ENDS_OF_OLD: &[(Status, u32)] = &[
    (Status::Open, 1),
    (Status::InProgress, 1),
    (Status::OnHold, 1),
    (Status::Resolved, 4),
    (Status::Closed, 89),
    (Status::Rejected, 1),
    (Status::Withdrawn, 3),
];

const PRIORITIES: &[(Priority, u32)] =
    &[(Priority::Low, 25), (Priority::Medium, 48), (Priority::High, 18), (Priority::Urgent, 7), (Priority::Critical, 2)];

/// Lives one ticket through.
pub struct Life<'a> {
    rng: &'a mut StdRng,
    requester: &'a Actor,
    agent: &'a Actor,
    ticket: Ticket,
    comments: Vec<Comment>,
    events: Vec<Event>,
    at: Moment,
    now: Moment,
}

impl<'a> Life<'a> {
    /// The life of a ticket that was opened at `start`; none when the cast is empty.
    pub fn of(cast: &'a Cast, rng: &'a mut StdRng, start: Moment, now: Moment) -> Option<Result<Loaded, TicketError>> {
        let (requester, agent) = (cast.customers.choose(rng)?, cast.agents.choose(rng)?);
        let ends = if now - start < RECENT { ENDS_OF_RECENT } else { ENDS_OF_OLD };
        let end = weighted(rng, ends).unwrap_or(Status::Closed);
        let (ticket, created) = Ticket::open(birth(cast, rng, requester, start, end));
        let mut life = Self { rng, requester, agent, ticket, comments: Vec::new(), events: Vec::new(), at: start, now };
        life.record(requester, created);
        Some(life.to(end))
    }

    fn to(mut self, end: Status) -> Result<Loaded, TicketError> {
        match end {
            Status::New => {}
            Status::Rejected => {
                self.ticket.refuse(text::phrase(self.rng, words::ticket::RESOLUTIONS));
                self.step(self.agent, Action::Reject, 48)?;
            }
            Status::Withdrawn => self.step(self.requester, Action::Withdraw, 72)?,
            Status::Open => self.talk(4),
            Status::InProgress => self.work()?,
            Status::Pending | Status::OnHold => {
                self.work()?;
                self.step(self.agent, Action::Update(end), 8)?;
            }
            Status::Resolved => self.resolve()?,
            Status::Closed => {
                self.resolve()?;
                let by = if self.rng.random_ratio(2, 3) { self.agent } else { self.requester };
                self.step(by, Action::Close, 120)?;
            }
        }
        Ok(Loaded { ticket: self.ticket, comments: self.comments, events: self.events })
    }

    fn work(&mut self) -> Result<(), TicketError> {
        self.step(self.agent, Action::Claim, 6)?;
        let assigned = self.ticket.assign(None, Some(named(self.agent)), self.at);
        if let Some(happened) = assigned {
            self.record(self.agent, happened);
        }
        self.talk(9);
        Ok(())
    }

    fn resolve(&mut self) -> Result<(), TicketError> {
        self.work()?;
        self.step(self.agent, Action::Resolve, 60)?;
        if self.rng.random_ratio(1, 2) {
            let resolution = Some(Some(text::phrase(self.rng, words::ticket::RESOLUTIONS)));
            let changes = self.ticket.change(TicketChange { resolution, ..TicketChange::default() }, self.at);
            self.record(self.agent, Happened::TicketUpdated { changes });
        }
        Ok(())
    }

    /// Up to three comments, on so many of twenty tickets.
    fn talk(&mut self, of_twenty: u32) {
        if !self.rng.random_ratio(of_twenty, 20) {
            return;
        }
        for turn in 0..self.rng.random_range(1..=3) {
            let internal = turn > 0 && self.rng.random_ratio(1, 4);
            match (turn % 2, internal) {
                (_, true) => self.say(self.agent, words::ticket::NOTES, true),
                (0, false) => self.say(self.agent, words::ticket::ANSWERS, false),
                _ => self.say(self.requester, words::ticket::REPLIES, false),
            }
        }
    }

    fn say(&mut self, who: &Actor, phrases: &[&str], is_internal: bool) {
        self.later(10);
        let state = CommentState {
            id: CommentId(id(self.rng, self.at)),
            ticket: self.ticket.id,
            author: who.user,
            content: CommentText::trusted(text::phrase(self.rng, phrases)),
            is_internal,
            mentions: Vec::new(),
            created_at: self.at,
            updated_at: self.at,
            revision: 1,
        };
        let (comment, said) = Comment::say(state, who.is_staff(), Vec::new());
        let what = match (is_internal, who.is_staff()) {
            (true, _) => Utterance::Internal,
            (false, true) => Utterance::Answer,
            (false, false) => Utterance::Reply,
        };
        self.ticket.heard(what, self.at);
        self.comments.push(comment);
        self.record(who, said);
    }

    fn step(&mut self, who: &Actor, action: Action, hours: i64) -> Result<(), TicketError> {
        self.later(hours);
        let happened = self.ticket.step(action, self.at)?;
        self.record(who, happened);
        Ok(())
    }

    fn record(&mut self, who: &Actor, happened: Happened) {
        self.events.push(Event::of_ticket(self.ticket.id, who, self.at, happened));
    }

    /// Some time passes, so many hours at most, and never beyond now.
    fn later(&mut self, hours: i64) {
        let minutes = self.rng.random_range(1..hours * 60);
        self.at = (self.at + TimeDelta::minutes(minutes)).min(self.now);
    }
}

fn birth(cast: &Cast, rng: &mut StdRng, requester: &Actor, start: Moment, end: Status) -> TicketState {
    let waits = matches!(end, Status::New | Status::Rejected);
    let priority = weighted(rng, PRIORITIES).filter(|_| !waits);
    let category = cast.categories.choose(rng).copied();
    let tags: BTreeSet<_> = (0..rng.random_range(0..=4)).filter_map(|_| cast.tags.choose(rng).copied()).collect();
    TicketState {
        id: TicketId(id(rng, start)),
        organization: requester.organization,
        title: Title::trusted(text::phrase(rng, words::ticket::TITLES)),
        description: Description::trusted(text::description(rng)),
        status: if waits { Status::New } else { Status::Open },
        priority,
        category,
        sub_category: None,
        department: None,
        requester: requester.user,
        assignee: None,
        contact_email: None,
        admin_notes: None,
        tags,
        custom_fields: serde_json::Map::new(),
        due_override: None,
        scheduled_date: None,
        resolution: None,
        rejection_reason: None,
        created_at: start,
        updated_at: start,
        first_response_at: None,
        resolved_at: None,
        closed_at: None,
        finalized_at: None,
        asked_at: None,
        answered_at: None,
        pauses: Pauses::default(),
        merged_into: None,
        judged: Judged::default(),
        revision: 1,
    }
}

/// A UUIDv7 of that moment.
pub(super) fn id(rng: &mut StdRng, at: Moment) -> uuid::Uuid {
    let milliseconds = u64::try_from(at.timestamp_millis()).unwrap_or(0);
    Builder::from_unix_timestamp_millis(milliseconds, &text::bytes(rng)).into_uuid()
}

/// One of the values; each has as many chances as its weight.
pub(super) fn weighted<T: Copy>(rng: &mut StdRng, weights: &[(T, u32)]) -> Option<T> {
    let mut left = rng.random_range(0..weights.iter().map(|(_, weight)| weight).sum());
    weights.iter().find_map(|(value, weight)| {
        let hit = left < *weight;
        left = left.saturating_sub(*weight);
        hit.then_some(*value)
    })
}
