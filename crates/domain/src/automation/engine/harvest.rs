//! What comes of rules on one ticket, to be written at once.

use serde_json::json;

use super::automaton;
use super::deed::Deed;
use super::known::Known;
use crate::automation::{Outcome, RuleLogEntry};
use crate::delivery::{Delivery, Recipient};
use crate::event::{ByRule, Event, Recorded};
use crate::kernel::clock::{Ids, Moment};
use crate::kernel::fault::StoreError;
use crate::kernel::id::{DeliveryId, WebhookId};
use crate::ticket::{Comment, Ticket};
use crate::work::{Changes, UnitOfWork, Write};

/// The most characters of a line of a log.
const LONGEST: usize = 1_000;

/// What comes of rules on one ticket.
pub(super) struct Harvest {
    pub ticket: Ticket,
    events: Vec<Event>,
    comments: Vec<Comment>,
    deliveries: Vec<Delivery>,
    log: Vec<RuleLogEntry>,
}

/// What a rule began with, and when it is carried out.
#[derive(Clone, Copy)]
pub(super) struct Occasion<'a> {
    /// The event; none where time went by.
    pub recorded: Option<&'a Recorded>,
    pub now: Moment,
    pub known: &'a Known,
    pub ids: &'a dyn Ids,
}

impl Harvest {
    pub fn on(ticket: Ticket) -> Self {
        let (events, comments, deliveries, log) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { ticket, events, comments, deliveries, log }
    }

    /// Adds what a rule did.
    pub fn take(&mut self, by: &ByRule, deed: Deed, occasion: Occasion<'_>) {
        let told = deed.told();
        let Deed { ticket, happened, comments, webhooks } = deed;
        self.deliveries.extend(webhooks.into_iter().map(|webhook| message(webhook, by, &ticket, occasion)));
        self.events.extend(happened.into_iter().map(|what| Event::of_rule(&ticket, by.clone(), occasion.now, what)));
        self.comments.extend(comments);
        self.ticket = ticket;
        self.note(by, Outcome::Done, &told, occasion);
    }

    /// Adds a line to the log of a rule; what the desk does of its own has none.
    pub fn note(&mut self, by: &ByRule, outcome: Outcome, detail: &str, occasion: Occasion<'_>) {
        let Some(rule) = by.id else { return };
        self.log.push(RuleLogEntry {
            rule,
            ticket: self.ticket.id,
            event: occasion.recorded.map(|recorded| recorded.position),
            outcome,
            detail: detail.chars().take(LONGEST).collect(),
            at: occasion.now,
        });
    }

    /// Whether nothing came of it.
    pub fn is_empty(&self) -> bool {
        self.log.is_empty() && self.events.is_empty() && self.deliveries.is_empty()
    }

    /// All of it, behind what else is written.
    fn added_to(self, mut changes: Changes) -> Changes {
        if !self.comments.is_empty() {
            let speaker = automaton(changes.organization);
            changes = changes.with(Write::KeepAutomaton(speaker), []);
        }
        if !self.events.is_empty() {
            changes = changes.with(Write::SaveTicket(Box::new(self.ticket)), self.events);
        }
        let comments = self.comments.into_iter().map(Write::AddComment);
        let deliveries = self.deliveries.into_iter().map(|delivery| Write::AddDelivery(Box::new(delivery)));
        let log = self.log.into_iter().map(|entry| Write::LogRule(Box::new(entry)));
        comments.chain(deliveries).chain(log).fold(changes, |changes, write| changes.with(write, []))
    }

    /// What the last rule did, if it did anything.
    pub fn done(&self) -> Option<&RuleLogEntry> {
        self.log.last().filter(|entry| entry.outcome == Outcome::Done)
    }

    /// Only that it is not carried out, and why.
    pub fn cut(self, why: &str) -> Self {
        let cut = |entry| RuleLogEntry { outcome: Outcome::Cut, detail: why.to_owned(), ..entry };
        Self { log: self.log.into_iter().map(cut).collect(), ..Self::on(self.ticket) }
    }

    /// Writes it with the place that was reached; answers whether there was anything to write. What can't be written is
    /// given up, which the log tells: one ticket must not keep all others waiting.
    pub async fn write(self, work: &dyn UnitOfWork, reached: &Changes) -> Result<bool, StoreError> {
        if self.is_empty() {
            return Ok(false);
        }
        let given_up = self.given_up(reached.clone());
        match work.commit(self.added_to(reached.clone())).await {
            Err(error @ (StoreError::Stale | StoreError::Unavailable(_))) => Err(error),
            Err(_) => work.commit(given_up).await.map(|()| true),
            Ok(()) => Ok(true),
        }
    }

    /// Only that it could not be written, behind what else is written.
    fn given_up(&self, changes: Changes) -> Changes {
        let failed = |entry: &RuleLogEntry| RuleLogEntry {
            outcome: Outcome::Failed,
            detail: "It could not be written.".to_owned(),
            ..entry.clone()
        };
        let log = self.log.iter().map(|entry| Write::LogRule(Box::new(failed(entry))));
        log.fold(changes, |changes, write| changes.with(write, []))
    }
}

/// What a webhook is told by a rule.
fn message(webhook: WebhookId, by: &ByRule, ticket: &Ticket, occasion: Occasion<'_>) -> Delivery {
    let id = DeliveryId(occasion.ids.next());
    let event = occasion.recorded.map(|recorded| json!({ "seq": recorded.position, "type": recorded.event.kind() }));
    let named = occasion.known.brief(ticket.id);
    let body = json!({
        "id": id,
        "type": "rule.fired",
        "timestamp": occasion.now,
        "rule": { "id": by.id, "name": by.name },
        "event": event,
        "subject": { "kind": "ticket", "id": ticket.id },
        "ticket": {
            "id": ticket.id,
            "serial": named.map(|brief| brief.serial),
            "number": named.map(|brief| crate::ticket::shown_number(brief.number)),
        },
        "data": {
            "title": ticket.title.as_str(),
            "status": ticket.status.word(),
            "priority": ticket.priority.map(crate::ticket::Priority::word),
            "assigned_to": ticket.assignee,
            "requester": ticket.requester,
        },
    });
    Delivery {
        id,
        organization: ticket.organization,
        recipient: Recipient::Webhook(webhook),
        subject: ticket.id.0,
        kind: "rule.fired".to_owned(),
        event: occasion.recorded.map(|recorded| recorded.id),
        body: body.to_string(),
        created_at: occasion.now,
    }
}
