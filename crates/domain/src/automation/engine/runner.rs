//! Reading the log for rules: each event meets each rule once, in order.

use std::sync::Arc;

use async_trait::async_trait;

use super::harvest::{Harvest, Occasion};
use super::known::{Known, Needed, Sources};
use super::pass::meet;
use crate::automation::Rule;
use crate::automation::port::{Glossary, RuleRepository};
use crate::event::{LogReader, Place, Recorded, Subject};
use crate::kernel::actor::Sight;
use crate::kernel::clock::{Clock, Ids};
use crate::kernel::fault::StoreError;
use crate::kernel::id::OrganizationId;
use crate::sandbox::port::OrganizationTimes;
use crate::ticket::port::{TicketReader, TicketRepository, Viewer};
use crate::work::{Changes, UnitOfWork};

/// The name of the place in the log. It never changes: under another name all is read again.
const CONSUMER: &str = "rules";

/// What carries out rules that begin with events.
#[derive(Clone)]
pub struct RuleEngine {
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

#[async_trait]
impl LogReader for RuleEngine {
    fn consumer(&self) -> &'static str {
        CONSUMER
    }

    /// Each event by itself: what rules did by one is seen by those that meet the next.
    async fn take_in(&self, organization: OrganizationId, events: &[Recorded], place: &mut Place) -> Result<(), StoreError> {
        let rules = self.rules.on_events(organization).await?;
        for recorded in events {
            let reached = Changes::of(organization).with(place.reached(CONSUMER, recorded.position), []);
            let is_written = self.meet(organization, recorded, &rules, &reached).await?;
            place.pass(recorded.position, is_written);
        }
        Ok(())
    }
}

impl RuleEngine {
    /// Has the rules meet an event; answers whether anything was written, and with it the place behind the event.
    async fn meet(
        &self,
        organization: OrganizationId,
        recorded: &Recorded,
        rules: &[Rule],
        reached: &Changes,
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
        let ahead = self.times.ahead(organization).await?;
        // the time of a sandbox leaps: what comes of an event comes with its time
        let now = if ahead.is_zero() { self.clock.real() } else { ticket.updated_at }.max(event.at);
        let occasion = Occasion { recorded: Some(recorded), now, known: &known, ids: &*self.ids };
        let mut harvest = Harvest::on(ticket);
        for rule in rules {
            meet(rule, &mut harvest, occasion);
        }
        harvest.write(&*self.work, reached).await
    }
}
