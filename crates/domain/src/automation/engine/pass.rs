//! One event and the rules that begin with it: each sees the ticket as the one before left it.

use super::automaton;
use super::deed::{Deed, Hand};
use super::known::Known;
use crate::automation::{Facts, Outcome, Rule, RuleLogEntry};
use crate::event::{Event, Recorded};
use crate::kernel::clock::{Ids, Moment};
use crate::kernel::fault::Fault;
use crate::kernel::id::{OrganizationId, RuleId};
use crate::kernel::violation::Problem;
use crate::ticket::{Comment, Ticket, TicketError, Utterance};
use crate::work::{Changes, Write};

/// The most characters of a line of a log.
const LONGEST: usize = 1_000;

/// What comes of one event.
pub(super) struct Pass<'a> {
    recorded: &'a Recorded,
    known: &'a Known,
    ids: &'a dyn Ids,
    now: Moment,
    ticket: Ticket,
    events: Vec<Event>,
    comments: Vec<Comment>,
    log: Vec<RuleLogEntry>,
}

impl<'a> Pass<'a> {
    pub fn new(recorded: &'a Recorded, ticket: Ticket, known: &'a Known, ids: &'a dyn Ids, now: Moment) -> Self {
        let (events, comments, log) = (Vec::new(), Vec::new(), Vec::new());
        Self { recorded, known, ids, now, ticket, events, comments, log }
    }

    /// Holds the rule against the ticket, and carries it out where it applies.
    pub fn meet(&mut self, rule: &Rule) {
        let event = &self.recorded.event;
        let facts = Facts { ticket: &self.ticket, happened: Some(&event.happened), names: &self.known.names };
        if !rule.conditions.hold(&facts) {
            return;
        }
        let fresh = || self.ids.next();
        let hand = Hand {
            author: automaton(rule.organization),
            in_public: Utterance::Public,
            known: self.known,
            now: self.now,
            fresh: &fresh,
        };
        match Deed::of(&self.ticket, &rule.actions, &hand) {
            Ok(deed) if deed.happened.is_empty() => {}
            Ok(_) if rule.is_cut(self.chain()) => self.note(rule, Outcome::Cut, cut(rule, self.chain())),
            Ok(deed) => self.take(rule, deed),
            Err(error) => self.note(rule, Outcome::Failed, &reason(&error)),
        }
    }

    /// What is to be written; none where nothing came of it.
    pub fn changes(self, organization: OrganizationId, advance: Write) -> Option<Changes> {
        if self.log.is_empty() {
            return None;
        }
        let mut changes = Changes::of(organization).with(advance, []);
        if !self.events.is_empty() {
            if !self.comments.is_empty() {
                changes = changes.with(Write::KeepAutomaton(automaton(organization)), []);
            }
            changes = changes.with(Write::SaveTicket(Box::new(self.ticket)), self.events);
        }
        let comments = self.comments.into_iter().map(Write::AddComment);
        let log = self.log.into_iter().map(|entry| Write::LogRule(Box::new(entry)));
        Some(comments.chain(log).fold(changes, |changes, write| changes.with(write, [])))
    }

    /// The same where that could not be written: only that it could not.
    pub fn given_up(&self, organization: OrganizationId, advance: Write) -> Changes {
        let failed = |entry: &RuleLogEntry| RuleLogEntry {
            outcome: Outcome::Failed,
            detail: "It could not be written.".to_owned(),
            ..entry.clone()
        };
        let log = self.log.iter().map(|entry| Write::LogRule(Box::new(failed(entry))));
        log.fold(Changes::of(organization).with(advance, []), |changes, write| changes.with(write, []))
    }

    fn chain(&self) -> &'a [RuleId] {
        self.recorded.event.by_rule().map_or(&[], |rule| &rule.chain)
    }

    fn take(&mut self, rule: &Rule, deed: Deed) {
        let Deed { ticket, happened, comments } = deed;
        let signature = rule.signature(self.chain());
        let lines = happened.iter().flat_map(|happened| happened.history("Automation")).map(|line| line.details);
        let done = lines.collect::<Vec<_>>().join("; ");
        let events = happened.into_iter().map(|what| Event::of_rule(&ticket, signature.clone(), self.now, what));
        self.events.extend(events);
        self.comments.extend(comments);
        self.ticket = ticket;
        self.note(rule, Outcome::Done, &done);
    }

    fn note(&mut self, rule: &Rule, outcome: Outcome, detail: &str) {
        self.log.push(RuleLogEntry {
            rule: rule.id,
            ticket: self.ticket.id,
            event: Some(self.recorded.position),
            outcome,
            detail: detail.chars().take(LONGEST).collect(),
            at: self.now,
        });
    }
}

fn cut(rule: &Rule, chain: &[RuleId]) -> &'static str {
    if chain.contains(&rule.id) {
        "It would begin with what it led to itself."
    } else {
        "Five rules led to it, each by what the one before did."
    }
}

/// Why something could not be done, as a person reads it.
pub(in crate::automation) fn reason(error: &TicketError) -> String {
    let Some(violations) = error.violations() else { return error.to_string() };
    let told = |(field, problems): (&str, Vec<&Problem>)| match problems.first() {
        Some(Problem::NotAssignable) => "The person cannot be given tickets.".to_owned(),
        Some(Problem::Unknown(_)) => format!("The {field} is gone."),
        Some(Problem::TooMany(most)) => format!("A ticket has at most {most} {field}."),
        _ => format!("The {field} cannot be so."),
    };
    violations.by_field().into_iter().map(told).collect::<Vec<_>>().join(" ")
}
