//! The use cases of rules.

use std::sync::Arc;

use super::command::{EditRule, ReplayRule, WriteRule};
use super::engine::{Match, Stage, Stretch};
use super::port::{Glossary, RuleQuery, RuleRepository};
use super::written::Reading;
use super::{Rule, RuleChange, RuleError, RuleLogView, RuleState, RuleView, Trigger, TriggerKind, policy};
use crate::event::port::EventRepository;
use crate::event::{CatalogChange, CatalogKind, Event};
use crate::kernel::actor::Actor;
use crate::kernel::clock::{Clock, Ids};
use crate::kernel::id::{Reference, RuleId, Target};
use crate::kernel::page::{Page, PageRequest};
use crate::kernel::race;
use crate::kernel::text::{Label, Note};
use crate::kernel::violation::{Check, Problem, Violations, in_range};
use crate::ticket::port::{TicketReader, TicketRepository};
use crate::work::{Changes, Outcome, UnitOfWork, Write, spend_key};

/// The most rules that an organization has: every event is held against those that are active.
const MOST: u64 = 200;
/// The last position.
const LAST_POSITION: i64 = 1_000_000;
/// What a rule does.
const ACTIONS: [&str; 5] = ["assign", "set", "comment", "notify", "webhook"];
/// How many events are replayed unless somebody says so, at most, and how many behind them are taken back at most.
const REPLAYED: u64 = 200;
const MOST_REPLAYED: u64 = 1_000;
const MOST_LATER: u64 = 2_000;

/// What the use cases of rules need from outside.
#[derive(Clone)]
pub struct Rules {
    /// Rules.
    pub rules: Arc<dyn RuleRepository>,
    /// What they name.
    pub glossary: Arc<dyn Glossary>,
    /// What has happened.
    pub events: Arc<dyn EventRepository>,
    /// The tickets it happened to.
    pub tickets: Arc<dyn TicketRepository>,
    /// What they are called.
    pub reader: Arc<dyn TicketReader>,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Fresh identities.
    pub ids: Arc<dyn Ids>,
}

/// What a rule would have done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replayed {
    /// The events that it would have applied to, in order.
    pub matches: Vec<Match>,
    /// How many events were looked at.
    pub events: u64,
    /// The place of the last of them; the next stretch begins behind it.
    pub after: i64,
    /// Whether tickets were judged as they were then; not where more has happened since than is read.
    pub is_exact: bool,
}

type Result<T> = std::result::Result<T, RuleError>;

impl Rules {
    /// A part of the organization's rules.
    pub async fn list(&self, actor: &Actor, query: &RuleQuery, page: &PageRequest) -> Result<Page<RuleView>> {
        policy::may_read(actor)?;
        Ok(self.rules.page(actor.organization, query, page).await?)
    }

    /// One rule.
    pub async fn read(&self, actor: &Actor, rule: &Reference) -> Result<RuleView> {
        let view = self.rules.view(actor.organization, rule).await?.ok_or(RuleError::NotFound)?;
        policy::may_read(actor)?;
        Ok(view)
    }

    /// What a rule did, newest first.
    pub async fn log(&self, actor: &Actor, rule: &Reference, page: &PageRequest) -> Result<Page<RuleLogView>> {
        let view = self.read(actor, rule).await?;
        Ok(self.rules.log(actor.organization, view.rule.id, page).await?)
    }

    /// Makes a rule.
    pub async fn create(&self, actor: &Actor, command: WriteRule) -> Result<RuleView> {
        policy::may_write(actor)?;
        let RuleChange { name, description, is_active, position, trigger, conditions, actions } =
            self.checked(actor, &command, None).await?;
        let (Some(name), Some(trigger), Some(actions)) = (name, trigger, actions) else {
            return Err(Violations::one("name", Problem::Required).into());
        };
        let (count, last) = self.rules.extent(actor.organization).await?;
        if count >= MOST {
            return Err(RuleError::TooMany);
        }
        let now = self.clock.now();
        let rule = Rule::new(RuleState {
            id: RuleId(self.ids.next()),
            organization: actor.organization,
            name,
            description: description.unwrap_or_else(|| Note::trusted(String::new())),
            is_active: is_active.unwrap_or(true),
            position: position.unwrap_or_else(|| (last + 1).min(LAST_POSITION)),
            trigger,
            conditions: conditions.unwrap_or_default(),
            actions,
            active_since: now,
            created_at: now,
            updated_at: now,
            revision: 1,
        });
        let (id, event) = (rule.id, self.event(actor, &rule, CatalogChange::Created));
        let changes = Changes::by(actor).with(Write::AddRule(Box::new(rule)), [event]);
        self.work.commit(changes.showing(Outcome { kind: "rule", id: id.0, parent: None, created: true })).await?;
        self.read(actor, &id.into()).await
    }

    /// Changes a rule. A change that changes nothing records nothing.
    pub async fn edit(&self, actor: &Actor, command: EditRule) -> Result<RuleView> {
        let id = race::settle(command.target.may_retry(), async || self.edit_once(actor, &command).await).await?;
        self.read(actor, &id.into()).await
    }

    async fn edit_once(&self, actor: &Actor, command: &EditRule) -> Result<RuleId> {
        let mut rule = self.get(actor, &command.target).await?;
        let change = self.checked(actor, &command.write, Some(&rule)).await?;
        let id = rule.id;
        if rule.change(change, self.clock.now()) {
            let event = self.event(actor, &rule, CatalogChange::Updated);
            let changes = Changes::by(actor).with(Write::SaveRule(Box::new(rule)), [event]);
            self.work.commit(changes.showing(Outcome { kind: "rule", id: id.0, parent: None, created: false })).await?;
        }
        Ok(id)
    }

    /// Removes a rule with its log. What it did stays.
    pub async fn delete(&self, actor: &Actor, target: &Target) -> Result<()> {
        race::settle(target.may_retry(), async || {
            let rule = self.get(actor, target).await?;
            let event = self.event(actor, &rule, CatalogChange::Deleted);
            let write = Write::DeleteRule(rule.id, rule.revision);
            Ok(self.work.commit(Changes::by(actor).with(write, [event])).await?)
        })
        .await
    }

    /// What a rule, or a draft of one, would have done on a stretch of the log, on the tickets as they were then. Changes
    /// nothing but the idempotency key of the request.
    pub async fn test(&self, actor: &Actor, command: ReplayRule) -> Result<Replayed> {
        let ReplayRule { rule, draft, after, limit } = command;
        let mut rule = self.rules.find(actor.organization, &rule).await?.ok_or(RuleError::NotFound)?;
        policy::may_read(actor)?;
        let change = self.checked(actor, &draft, Some(&rule)).await?;
        rule.change(change, self.clock.now());
        let mut check = Check::new();
        let limit = check.field("limit", in_range(limit.unwrap_or(REPLAYED.cast_signed()), 1..=MOST_REPLAYED.cast_signed()));
        let after = check.optional("after", after.map(|after| in_range(after, 0..=i64::MAX)));
        if rule.trigger.kind() != TriggerKind::Event {
            check.note("when", Problem::Other("Only rules that begin with events can be replayed."));
        }
        check.done()?;
        let stretch = self.stretch(actor, after, limit.unwrap_or(1)).await?;
        let stage = Stage { tickets: &*self.tickets, reader: &*self.reader, glossary: &*self.glossary, ids: &*self.ids };
        let matches = stage.play(&rule, &stretch.0).await?;
        spend_key(&*self.work, actor).await?;
        let (Stretch { events, .. }, after, is_exact) = stretch;
        Ok(Replayed { matches, events: events.len() as u64, after, is_exact })
    }

    /// The events behind a place, or the last ones; up to where they go, and whether all that came later was read.
    async fn stretch(&self, actor: &Actor, after: Option<i64>, limit: i64) -> Result<(Stretch, i64, bool)> {
        let last = self.events.last_position(actor.organization).await?;
        let after = after.unwrap_or_else(|| last.saturating_sub(limit).max(0));
        let events = self.events.after(actor.organization, after, limit.unsigned_abs()).await?;
        let reached = events.last().map_or(after, |recorded| recorded.position);
        let later = if reached < last { self.events.after(actor.organization, reached, MOST_LATER).await? } else { Vec::new() };
        let is_exact = later.last().map_or(reached, |recorded| recorded.position) >= last;
        Ok((Stretch { events, later }, reached, is_exact))
    }

    async fn get(&self, actor: &Actor, target: &Target) -> Result<Rule> {
        let rule = self.rules.find(actor.organization, &target.reference).await?.ok_or(RuleError::NotFound)?;
        policy::may_write(actor)?;
        target.allows(rule.revision)?;
        Ok(rule)
    }

    /// What is written, looked at.
    async fn checked(&self, actor: &Actor, write: &WriteRule, present: Option<&Rule>) -> Result<RuleChange> {
        let kept = present.map(Rule::names).unwrap_or_default();
        Reading::twice(&*self.glossary, actor.organization, kept, |reading| read(reading, write, present)).await
    }

    fn event(&self, actor: &Actor, rule: &Rule, change: CatalogChange) -> Event {
        Event::of_catalog(CatalogKind::Rule, rule.id.0, actor, self.clock.now(), change, rule.name.as_str())
    }
}

/// Reads what is written. What a rule that is there has stays where nothing is.
fn read(reading: &mut Reading, write: &WriteRule, present: Option<&Rule>) -> RuleChange {
    let WriteRule { name, description, is_active, position, when, conditions, actions } = write;
    let name = name.as_deref().map(Label::parse);
    let check = &mut reading.check;
    let name = if present.is_none() { check.required("name", name) } else { check.optional("name", name) };
    let description = check.optional("description", description.as_deref().map(Note::parse));
    let position = check.optional("position", position.map(|position| in_range(position, 0..=LAST_POSITION)));
    for (field, is_given) in [("when", when.is_some()), ("then", actions.is_some())] {
        if present.is_none() && !is_given {
            check.note(field, Problem::Required);
        }
    }
    let trigger = when.as_ref().and_then(|when| reading.trigger(when));
    let kind = trigger.as_ref().or(present.map(|rule| &rule.trigger)).map(Trigger::kind);
    let on_event = kind != Some(TriggerKind::Time);
    let asks = |rule: &Rule| rule.conditions.each().any(|asked| asked.op.asks_about_event() || asked.field.is_of_event());
    if !on_event && conditions.is_none() && present.is_some_and(asks) {
        reading.check.note("if", Problem::Other("Its conditions ask about events."));
    }
    RuleChange {
        name,
        description,
        is_active: *is_active,
        position,
        trigger,
        conditions: conditions.as_ref().and_then(|conditions| reading.conditions(conditions, on_event)),
        actions: actions.as_ref().and_then(|actions| reading.actions(actions, &ACTIONS)),
    }
}
