//! Reading the log for rules: each event meets each rule once, in order, by one replica at a time.

use std::collections::HashMap;
use std::sync::Arc;

use super::harvest::{Harvest, Occasion};
use super::known::{Known, Needed, Sources};
use super::pass::meet;
use crate::automation::Rule;
use crate::automation::port::{Glossary, RuleRepository};
use crate::event::port::EventRepository;
use crate::event::{Recorded, Subject};
use crate::kernel::actor::Sight;
use crate::kernel::clock::{Clock, Ids};
use crate::kernel::fault::StoreError;
use crate::kernel::id::OrganizationId;
use crate::sandbox::port::OrganizationTimes;
use crate::ticket::port::{TicketReader, TicketRepository, Viewer};
use crate::work::{Changes, UnitOfWork, Write};

/// The name of the place in the log. It never changes: under another name all is read again.
const CONSUMER: &str = "rules";
/// How many events of an organization are read in one round.
const BATCH: u64 = 200;
/// How many organizations are looked after in one round.
const ORGANIZATIONS: u64 = 50;

/// What carries out rules.
#[derive(Clone)]
pub struct RuleEngine {
    /// What happens.
    pub events: Arc<dyn EventRepository>,
    /// Rules.
    pub rules: Arc<dyn RuleRepository>,
    /// What they name.
    pub glossary: Arc<dyn Glossary>,
    /// Tickets to decide on.
    pub tickets: Arc<dyn TicketRepository>,
    /// What their numbers are.
    pub reader: Arc<dyn TicketReader>,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// How far organizations are ahead of it.
    pub times: Arc<dyn OrganizationTimes>,
    /// Fresh identities.
    pub ids: Arc<dyn Ids>,
}

/// Has the rules that begin with events read the log. The place that was reached is written with what a rule did, so that
/// each event counts once, whichever replica is first.
pub struct RuleRunner {
    engine: RuleEngine,
    /// How far organizations' logs were written to be read, and how far they were read.
    places: HashMap<OrganizationId, (i64, i64)>,
}

impl RuleRunner {
    /// With this engine.
    pub fn new(engine: RuleEngine) -> Self {
        Self { engine, places: HashMap::new() }
    }

    /// Reads on where it stopped; answers whether there was anything to read.
    pub async fn read_on(&mut self) -> Result<bool, StoreError> {
        let behind = self.engine.events.behind(CONSUMER, ORGANIZATIONS).await?;
        let is_crowded = behind.len() as u64 >= ORGANIZATIONS;
        let (mut has_read, mut failed) = (false, None);
        for (organization, written) in behind {
            match self.read_of(organization, written).await {
                Ok(read) => has_read |= read,
                // Another replica was quicker, or somebody else with the ticket: it is decided again.
                Err(StoreError::Stale) => has_read = true,
                Err(error @ StoreError::Unavailable(_)) => return Err(error),
                // Not the others' fault: it is told of when they have read everything.
                Err(error) => failed = Some(error),
            }
        }
        if has_read {
            return Ok(true);
        }
        let has_settled = is_crowded && self.settle().await?;
        failed.map_or(Ok(has_settled), Err)
    }

    /// Writes the places that were read and not written; answers whether there were any.
    pub async fn settle(&mut self) -> Result<bool, StoreError> {
        let unwritten: Vec<_> =
            self.places.iter().filter(|(_, (written, read))| read > written).map(|(of, at)| (*of, *at)).collect();
        let mut failed = None;
        for (organization, (written, read)) in &unwritten {
            match self.engine.work.commit(Changes::of(*organization).with(advance(*written, *read), [])).await {
                Ok(()) | Err(StoreError::Stale) => drop(self.places.insert(*organization, (*read, *read))),
                Err(error @ StoreError::Unavailable(_)) => return Err(error),
                Err(error) => failed = Some(error),
            }
        }
        failed.map_or(Ok(!unwritten.is_empty()), Err)
    }

    async fn read_of(&mut self, organization: OrganizationId, written: i64) -> Result<bool, StoreError> {
        let (_, known) = self.places.get(&organization).copied().unwrap_or((written, written));
        let (mut written, mut read) = (written, known.max(written));
        let events = self.engine.events.after(organization, read, BATCH).await?;
        if events.is_empty() {
            return Ok(false);
        }
        let rules = self.engine.rules.on_events(organization).await?;
        for recorded in &events {
            if self.engine.meet(organization, recorded, &rules, written).await? {
                written = recorded.position;
            }
            read = recorded.position;
            self.places.insert(organization, (written, read));
        }
        Ok(true)
    }
}

impl RuleEngine {
    /// Has the rules meet an event; answers whether anything was written, and with it the place behind the event.
    async fn meet(
        &self,
        organization: OrganizationId,
        recorded: &Recorded,
        rules: &[Rule],
        written: i64,
    ) -> Result<bool, StoreError> {
        let event = &recorded.event;
        let Subject::Ticket(id) = event.subject else { return Ok(false) };
        let kind = event.kind();
        let begins = |rule: &&Rule| rule.trigger.begins_with(&kind) && rule.active_since <= event.at;
        let rules: Vec<&Rule> = rules.iter().filter(begins).collect();
        if rules.is_empty() {
            return Ok(false);
        }
        let viewer = Viewer { organization, sight: Sight::All };
        let found = self.tickets.find(viewer, &id.into()).await?;
        let Some(ticket) = found.filter(|ticket| ticket.merged_into.is_none()) else { return Ok(false) };
        let sources = Sources { glossary: &*self.glossary, reader: &*self.reader, organization };
        let needed = Needed {
            tickets: vec![&*ticket],
            actions: rules.iter().flat_map(|rule| &rule.actions).collect(),
            conditions: rules.iter().flat_map(|rule| rule.conditions.each()).collect(),
            ..Needed::default()
        };
        let known = Known::gather(&sources, needed).await?;
        // a sandbox may be ahead of the clock: nothing is done before what it begins with
        let now = (self.clock.real() + self.times.ahead(organization).await?).max(event.at);
        let occasion = Occasion { recorded: Some(recorded), now, known: &known, ids: &*self.ids };
        let mut harvest = Harvest::on(ticket);
        for rule in rules {
            meet(rule, &mut harvest, occasion);
        }
        self.write(harvest, &Changes::of(organization).with(advance(written, recorded.position), [])).await
    }

    async fn write(&self, harvest: Harvest, place: &Changes) -> Result<bool, StoreError> {
        if harvest.is_empty() {
            return Ok(false);
        }
        let given_up = harvest.given_up(place.clone());
        match self.work.commit(harvest.added_to(place.clone())).await {
            Err(error @ (StoreError::Stale | StoreError::Unavailable(_))) => Err(error),
            // One event must not keep all that come after it.
            Err(_) => self.work.commit(given_up).await.map(|()| true),
            Ok(()) => Ok(true),
        }
    }
}

fn advance(from: i64, to: i64) -> Write {
    Write::Advance { consumer: CONSUMER, from, to }
}
