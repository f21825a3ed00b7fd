//! A rule, or a draft of one, over what has happened: what it would have done. Nothing is written.

use std::collections::{BTreeSet, HashMap};

use super::automaton;
use super::deed::{Deed, Hand};
use super::known::{Known, Needed, Sources};
use super::pass::{cut, reason};
use super::past::{named_in, undo};
use crate::automation::port::{Findings, Glossary, Thing};
use crate::automation::{Facts, Outcome, Rule};
use crate::event::{Origin, Recorded, Subject};
use crate::kernel::breath::breathe;
use crate::kernel::clock::{Ids, Moment};
use crate::kernel::fault::StoreError;
use crate::kernel::id::{Reference, TicketId};
use crate::ticket::port::{TicketReader, TicketRepository};
use crate::ticket::{Ticket, TicketState, Utterance};

/// An event that the rule would have applied to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The event's place.
    pub position: i64,
    /// Its type.
    pub kind: String,
    /// When it happened.
    pub at: Moment,
    /// The ticket, with its number and title.
    pub ticket: (TicketId, Option<(i64, String)>),
    /// What would have come of it; none where everything was so already.
    pub outcome: Option<Outcome>,
    /// What would have been done, or why not.
    pub detail: String,
}

/// A stretch of the log, and what has happened since, as far as it was read.
pub(in crate::automation) struct Stretch {
    pub events: Vec<Recorded>,
    pub later: Vec<Recorded>,
}

/// What it is replayed with.
pub(in crate::automation) struct Stage<'a> {
    pub tickets: &'a dyn TicketRepository,
    pub reader: &'a dyn TicketReader,
    pub glossary: &'a dyn Glossary,
    pub ids: &'a dyn Ids,
}

/// Tickets as they are at one place of the log.
struct Cast {
    tickets: HashMap<TicketId, TicketState>,
    findings: Findings,
}

impl Stage<'_> {
    /// What the rule would have done, in the order of the events, with a fixed number of statements.
    pub async fn play(&self, rule: &Rule, stretch: &Stretch) -> Result<Vec<Match>, StoreError> {
        let mut cast = self.cast(rule, stretch).await?;
        if cast.tickets.is_empty() {
            return Ok(Vec::new());
        }
        let sources = Sources { glossary: self.glossary, reader: self.reader, organization: rule.organization };
        let needed = Needed {
            tickets: cast.tickets.values().collect(),
            actions: rule.actions.iter().collect(),
            conditions: rule.conditions.each().collect(),
            ids: cast.findings.values().map(|found| found.id).collect(),
            briefs: true,
        };
        let known = Known::gather(&sources, needed).await?;
        stretch.later.iter().rev().for_each(|recorded| cast.before(recorded));
        let mut matches = Vec::new();
        for recorded in stretch.events.iter().rev() {
            matches.extend(cast.of(recorded).and_then(|ticket| self.held_against(rule, recorded, ticket, &known)));
            cast.before(recorded);
            breathe().await;
        }
        matches.reverse();
        Ok(matches)
    }

    async fn cast(&self, rule: &Rule, stretch: &Stretch) -> Result<Cast, StoreError> {
        let begins = |recorded: &&Recorded| rule.trigger.begins_with(&recorded.event.kind());
        let wanted: BTreeSet<TicketId> = stretch.events.iter().filter(begins).filter_map(ticket_of).collect();
        let wanted: Vec<TicketId> = wanted.into_iter().collect();
        let found = if wanted.is_empty() { Vec::new() } else { self.tickets.several(rule.organization, &wanted).await? };
        let tickets: HashMap<_, _> = found.iter().map(|ticket| (ticket.id, TicketState::clone(ticket))).collect();
        let theirs = |recorded: &&Recorded| ticket_of(recorded).is_some_and(|ticket| tickets.contains_key(&ticket));
        let all = stretch.events.iter().chain(&stretch.later).filter(theirs);
        let named: BTreeSet<(Thing, String)> =
            all.flat_map(|recorded| named_in(&recorded.event.happened)).filter_map(name).collect();
        let named: Vec<_> = named.into_iter().map(|(thing, name)| (thing, Reference::Name(name))).collect();
        let findings = if named.is_empty() { Findings::new() } else { self.glossary.find(rule.organization, &named).await? };
        Ok(Cast { tickets, findings })
    }

    fn held_against(&self, rule: &Rule, recorded: &Recorded, ticket: &TicketState, known: &Known) -> Option<Match> {
        let event = &recorded.event;
        let kind = event.kind();
        let facts = Facts { ticket, happened: Some(&event.happened), names: &known.names };
        if !rule.trigger.begins_with(&kind) || !rule.conditions.hold(&facts) {
            return None;
        }
        let fresh = || self.ids.next();
        let author = automaton(rule.organization);
        let hand = Hand { author, in_public: Utterance::Public, known, now: event.at, fresh: &fresh };
        let chain = event.origin.as_ref().map_or(&[][..], Origin::chain);
        let (outcome, detail) = match Deed::of(&Ticket::restored(ticket.clone()), &rule.actions, &hand) {
            Ok(deed) if deed.is_nothing() => (None, String::new()),
            Ok(_) if rule.is_cut(chain) => (Some(Outcome::Cut), cut(rule, chain).to_owned()),
            Ok(deed) => (Some(Outcome::Done), deed.told()),
            Err(error) => (Some(Outcome::Failed), reason(&error)),
        };
        let named = known.brief(ticket.id).map(|brief| (brief.number, brief.title.clone()));
        Some(Match { position: recorded.position, kind, at: event.at, ticket: (ticket.id, named), outcome, detail })
    }
}

impl Cast {
    fn of(&self, recorded: &Recorded) -> Option<&TicketState> {
        self.tickets.get(&ticket_of(recorded)?)
    }

    /// Tickets as they were before that event.
    fn before(&mut self, recorded: &Recorded) {
        if let Some(ticket) = ticket_of(recorded).and_then(|ticket| self.tickets.get_mut(&ticket)) {
            undo(ticket, &recorded.event.happened, &self.findings);
        }
    }
}

fn ticket_of(recorded: &Recorded) -> Option<TicketId> {
    if let Subject::Ticket(ticket) = recorded.event.subject { Some(ticket) } else { None }
}

fn name((thing, reference): (Thing, Reference)) -> Option<(Thing, String)> {
    if let Reference::Name(name) = reference { Some((thing, name)) } else { None }
}
