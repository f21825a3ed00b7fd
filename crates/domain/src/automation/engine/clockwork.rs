//! Carrying out what is due because time went by, in the order in which it was due.

use std::sync::Arc;

use chrono::TimeDelta;

use super::automaton;
use super::deed::{Deed, Hand};
use super::harvest::{Harvest, Occasion};
use super::known::{Known, Needed, Sources};
use super::pass::reason;
use crate::automation::port::{Glossary, RuleRepository, TimeQueue};
use crate::automation::{Cursor, Facts, Outcome, RuleLogEntry, TimeRule};
use crate::identity::port::OrganizationRepository;
use crate::kernel::actor::Sight;
use crate::kernel::clock::{Ids, Moment};
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, TicketId};
use crate::ticket::Utterance;
use crate::ticket::port::{TicketReader, TicketRepository, Viewer};
use crate::work::{Changes, UnitOfWork, Write};

/// How many tickets are looked at at once for each rule.
const BATCH: u64 = 50;
/// How often a rule is carried out on a ticket within [`ROUND`], so that rules do not go round in circles.
const MOST_TIMES: u64 = 5;
const ROUND: TimeDelta = TimeDelta::hours(24);
const TOO_OFTEN: &str = "It was carried out on this ticket five times within 24 hours.";

/// Carries out what is due because time went by: rules that begin with time, and what organizations have the desk do.
/// Any number of replicas may: of those that bring the same, the rule's place lets one.
#[derive(Clone)]
pub struct Clockwork {
    /// Tickets that wait.
    pub queue: Arc<dyn TimeQueue>,
    /// Rules.
    pub rules: Arc<dyn RuleRepository>,
    /// What organizations chose.
    pub organizations: Arc<dyn OrganizationRepository>,
    /// What rules name.
    pub glossary: Arc<dyn Glossary>,
    /// Tickets to decide on.
    pub tickets: Arc<dyn TicketRepository>,
    /// What they are called.
    pub reader: Arc<dyn TicketReader>,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// Fresh identities.
    pub ids: Arc<dyn Ids>,
}

/// A ticket that has waited long enough.
struct Due {
    at: Moment,
    rule: usize,
    place: Cursor,
    ticket: TicketId,
}

/// The rules of an organization, how far each has come, and what is due, in order.
struct Agenda {
    rules: Vec<TimeRule>,
    /// As they are stored, and as they are read now.
    places: Vec<(Option<Cursor>, Option<Cursor>)>,
    due: Vec<Due>,
}

impl Clockwork {
    /// Carries out the first thing that is due for the organization up to this moment, with the time when it was due; answers
    /// whether there may be more.
    pub async fn carry_out(&self, organization: OrganizationId, until: Moment) -> Result<bool, StoreError> {
        let mut agenda = self.agenda(organization, until).await?;
        let due = std::mem::take(&mut agenda.due);
        for due in &due {
            let Some(rule) = agenda.rules.get(due.rule) else { continue };
            let harvest = self.fire(organization, rule, due).await?;
            agenda.pass(due);
            if let Some(harvest) = harvest {
                let harvest = self.kept_from_circles(organization, harvest).await?;
                return again(harvest.write(&*self.work, &agenda.moves(organization)).await.map(drop));
            }
        }
        if due.is_empty() {
            return Ok(false);
        }
        again(self.work.commit(agenda.moves(organization)).await)
    }

    /// When the first thing is due, if it is up to this moment.
    pub async fn first_due(&self, organization: OrganizationId, until: Moment) -> Result<Option<Moment>, StoreError> {
        Ok(self.agenda(organization, until).await?.due.first().map(|due| due.at))
    }

    async fn agenda(&self, organization: OrganizationId, until: Moment) -> Result<Agenda, StoreError> {
        let settings = self.organizations.get(organization).await?.map(|found| found.settings).unwrap_or_default();
        let written = self.rules.on_time(organization).await?;
        let rules: Vec<TimeRule> = TimeRule::own(&settings).into_iter().chain(written.iter().filter_map(TimeRule::of)).collect();
        let (mut due, mut places, mut horizon) = (Vec::new(), Vec::new(), until);
        if rules.is_empty() {
            return Ok(Agenda { rules, places, due });
        }
        let stored = self.queue.cursors(organization).await?;
        for (number, rule) in rules.iter().enumerate() {
            let place = stored.get(&rule.key);
            let from = rule.from(place);
            places.push((place.map(|(_, cursor)| *cursor), None));
            let found = self.queue.waiting(organization, rule.waiting, from, until - rule.after, BATCH).await?;
            let is_full = found.len() as u64 >= BATCH;
            let waiting = found.into_iter().map(|(place, ticket)| Due { at: rule.due(place.at), rule: number, place, ticket });
            due.extend(waiting);
            // what comes behind the last of a full batch is not known yet
            horizon = due.last().filter(|_| is_full).map_or(horizon, |last| horizon.min(last.at));
        }
        due.retain(|due| due.at <= horizon);
        due.sort_by_key(|due| (due.at, due.rule, due.place));
        Ok(Agenda { rules, places, due })
    }

    /// What comes of it; none where the rule does not apply, or would change nothing.
    async fn fire(&self, organization: OrganizationId, rule: &TimeRule, due: &Due) -> Result<Option<Harvest>, StoreError> {
        let viewer = Viewer { organization, sight: Sight::All };
        let found = self.tickets.find(viewer, &due.ticket.into()).await?;
        let waits = found.filter(|ticket| ticket.merged_into.is_none() && rule.waiting.keeps(ticket));
        let Some(ticket) = waits else { return Ok(None) };
        let sources = Sources { glossary: &*self.glossary, reader: &*self.reader, organization };
        let needed = Needed {
            tickets: vec![&*ticket],
            actions: rule.actions.iter().collect(),
            conditions: rule.conditions.each().collect(),
            ..Needed::default()
        };
        let known = Known::gather(&sources, needed).await?;
        if !rule.conditions.hold(&Facts { ticket: &ticket, happened: None, names: &known.names }) {
            return Ok(None);
        }
        let (now, fresh) = (due.at.max(ticket.updated_at), || self.ids.next());
        let author = automaton(organization);
        let hand = Hand { author, in_public: Utterance::Public, known: &known, now, fresh: &fresh };
        let occasion = Occasion { recorded: None, now, known: &known, ids: &*self.ids };
        let deed = Deed::of(&ticket, &rule.actions, &hand);
        let mut harvest = Harvest::on(ticket);
        match deed {
            Ok(deed) if deed.is_nothing() => {}
            Ok(deed) => harvest.take(&rule.signature, deed, occasion),
            Err(error) => harvest.note(&rule.signature, Outcome::Failed, &reason(&error), occasion),
        }
        Ok((!harvest.is_empty()).then_some(harvest))
    }

    /// What comes of it, unless the rule was carried out on the ticket too often: others may let it wait anew each time.
    async fn kept_from_circles(&self, organization: OrganizationId, harvest: Harvest) -> Result<Harvest, StoreError> {
        let Some(RuleLogEntry { rule, ticket, at, .. }) = harvest.done() else { return Ok(harvest) };
        let times = self.queue.times(organization, *rule, *ticket, *at - ROUND).await?;
        Ok(if times < MOST_TIMES { harvest } else { harvest.cut(TOO_OFTEN) })
    }
}

/// Somebody else was quicker: what is left to do comes again.
fn again(done: Result<(), StoreError>) -> Result<bool, StoreError> {
    match done {
        Ok(()) | Err(StoreError::Stale) => Ok(true),
        Err(error) => Err(error),
    }
}

impl Agenda {
    /// This one is done with.
    fn pass(&mut self, due: &Due) {
        if let Some((_, read)) = self.places.get_mut(due.rule) {
            *read = Some(due.place);
        }
    }

    /// The places that were reached.
    fn moves(&self, organization: OrganizationId) -> Changes {
        let moved = self.rules.iter().zip(&self.places).filter_map(|(rule, (from, to))| {
            Some(Write::MoveCursor { key: rule.key.clone(), since: rule.since, from: *from, to: (*to)? })
        });
        moved.fold(Changes::of(organization), |changes, write| changes.with(write, []))
    }
}
