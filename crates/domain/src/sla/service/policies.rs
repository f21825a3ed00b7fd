//! Keeping policies.

use std::collections::BTreeSet;

use super::{Result, ServiceLevels};
use crate::event::{CatalogChange, CatalogKind, Event};
use crate::kernel::actor::Actor;
use crate::kernel::id::{CalendarId, PolicyId, Reference, Target};
use crate::kernel::page::{Page, PageRequest};
use crate::kernel::race;
use crate::kernel::text::Label;
use crate::kernel::violation::{Check, Problem, Violations, in_range};
use crate::sla::command::{EditPolicy, WriteConditions, WritePolicy, WriteTargets};
use crate::sla::port::SlaQuery;
use crate::sla::{Conditions, Policy, PolicyState, PolicyView, SlaError, Targets, Terms, rights};
use crate::ticket::Priority;
use crate::work::{Changes, Outcome, Write};

/// The most policies of an organization.
const MOST_POLICIES: usize = 500;
/// The most values of one condition.
const MOST_VALUES: usize = 100;
/// The longest target: ten years of minutes.
const MOST_MINUTES: i64 = 5_256_000;
/// The last position.
const LAST_POSITION: i64 = 1_000_000;

impl ServiceLevels {
    /// A part of the organization's policies.
    pub async fn policies(&self, actor: &Actor, query: &SlaQuery, page: &PageRequest) -> Result<Page<PolicyView>> {
        rights::may_see(actor)?;
        Ok(self.levels.policies(actor.organization, query, page).await?)
    }

    /// One policy.
    pub async fn policy(&self, actor: &Actor, policy: &Reference) -> Result<PolicyView> {
        let view = self.levels.policy_view(actor.organization, policy).await?.ok_or(SlaError::NoPolicy)?;
        rights::may_see(actor)?;
        Ok(view)
    }

    /// Writes a policy; behind all others unless it says where.
    pub async fn create_policy(&self, actor: &Actor, command: WritePolicy) -> Result<PolicyView> {
        rights::may_change(actor)?;
        let book = self.levels.book(actor.organization).await?;
        if book.policies.len() >= MOST_POLICIES {
            return Err(Violations::one("name", Problem::TooMany(MOST_POLICIES)).into());
        }
        let last = book.policies.iter().map(|(policy, _)| policy.position).max().unwrap_or(0);
        let (id, now) = (PolicyId(self.ids.next()), self.clock.now());
        let blank = PolicyState {
            id,
            organization: actor.organization,
            name: Label::trusted(String::new()),
            position: (last + 1).min(LAST_POSITION),
            conditions: Conditions::default(),
            targets: Targets::default(),
            calendar: None,
            at_risk_percent: Terms::AT_RISK_PERCENT,
            created_at: now,
            updated_at: now,
            revision: 1,
        };
        let policy = Policy::restored(self.written(actor, blank, &command).await?);
        let event = self.of_policy(actor, &policy, CatalogChange::Created);
        let changes = Changes::by(actor).with(Write::AddPolicy(Box::new(policy)), [event]);
        self.work.commit(changes.showing(outcome(id, true))).await?;
        self.policy(actor, &id.into()).await
    }

    /// Changes a policy. A change that changes nothing records nothing.
    pub async fn edit_policy(&self, actor: &Actor, command: EditPolicy) -> Result<PolicyView> {
        let id = race::settle(command.target.may_retry(), async || self.edit_policy_once(actor, &command).await).await?;
        self.policy(actor, &id.into()).await
    }

    async fn edit_policy_once(&self, actor: &Actor, command: &EditPolicy) -> Result<PolicyId> {
        let EditPolicy { target, write } = command;
        let mut policy = self.get_policy(actor, target).await?;
        let state = self.written(actor, (*policy).clone(), write).await?;
        let id = policy.id;
        if policy.become_like(state, self.clock.now()) {
            let event = self.of_policy(actor, &policy, CatalogChange::Updated);
            let changes = Changes::by(actor).with(Write::SavePolicy(Box::new(policy)), [event]);
            self.work.commit(changes.showing(outcome(id, false))).await?;
        }
        Ok(id)
    }

    /// Removes a policy; its tickets are judged by what is left.
    pub async fn delete_policy(&self, actor: &Actor, target: &Target) -> Result<()> {
        race::settle(target.may_retry(), async || {
            let policy = self.get_policy(actor, target).await?;
            let event = self.of_policy(actor, &policy, CatalogChange::Deleted);
            let write = Write::DeletePolicy(policy.id, policy.revision);
            Ok(self.work.commit(Changes::by(actor).with(write, [event])).await?)
        })
        .await
    }

    async fn get_policy(&self, actor: &Actor, target: &Target) -> Result<Policy> {
        let found = self.levels.policy(actor.organization, &target.reference).await?;
        let policy = found.ok_or(SlaError::NoPolicy)?;
        rights::may_change(actor)?;
        target.allows(policy.revision)?;
        Ok(policy)
    }

    /// The state with what is written put in, everything looked at and looked up.
    async fn written(&self, actor: &Actor, state: PolicyState, write: &WritePolicy) -> Result<PolicyState> {
        let mut check = Check::new();
        let present = (!state.name.as_str().is_empty()).then(|| state.name.clone());
        let name = check.required("name", write.name.as_deref().map(Label::parse).or(present.map(Ok)));
        let position = check.optional("position", write.position.map(|number| in_range(number, 0..=LAST_POSITION)));
        let percent = check.optional("at_risk_percent", write.at_risk_percent.map(|number| in_range(number, 1..=99)));
        let targets = targets(&mut check, state.targets, write.targets);
        let conditions = self.conditions(actor, &mut check, state.conditions, &write.conditions).await?;
        let calendar = match &write.calendar {
            Some(Some(reference)) => self.calendar_of(actor, &mut check, reference).await?,
            Some(None) => None,
            None => state.calendar,
        };
        check.done()?;
        Ok(PolicyState {
            name: name.unwrap_or(state.name),
            position: position.unwrap_or(state.position),
            at_risk_percent: percent.unwrap_or(state.at_risk_percent),
            conditions,
            targets,
            calendar,
            ..state
        })
    }

    async fn calendar_of(&self, actor: &Actor, check: &mut Check, reference: &Reference) -> Result<Option<CalendarId>> {
        let found = self.levels.calendar(actor.organization, reference).await?;
        Ok(check.field("calendar", found.map(|calendar| calendar.id).ok_or_else(|| Problem::Unknown(reference.to_string()))))
    }

    async fn conditions(
        &self,
        actor: &Actor,
        check: &mut Check,
        present: Conditions,
        write: &WriteConditions,
    ) -> Result<Conditions> {
        let mut conditions = present;
        let organization = actor.organization;
        if let Some(words) = &write.priorities {
            conditions.priorities = words.iter().flat_map(|word| meant(word, &conditions.priorities)).collect();
        }
        if let Some(references) = few(check, "category", write.categories.as_deref()) {
            let mut found = BTreeSet::new();
            for reference in references {
                let category = self.taxonomy.category(organization, reference).await?;
                found.extend(known(check, "category", reference, category.map(|category| category.id)));
            }
            conditions.categories = found;
        }
        if let Some(references) = few(check, "department", write.departments.as_deref()) {
            let mut found = BTreeSet::new();
            for reference in references {
                let department = self.taxonomy.department(organization, reference).await?;
                found.extend(known(check, "department", reference, department.map(|department| department.id)));
            }
            conditions.departments = found;
        }
        if let Some(references) = few(check, "tags", write.tags.as_deref()) {
            let tags = self.taxonomy.tags(organization, references).await?;
            let found = references.iter().zip(tags);
            conditions.tags =
                found.filter_map(|(reference, tag)| known(check, "tags", reference, tag.map(|tag| tag.id))).collect();
        }
        Ok(conditions)
    }

    fn of_policy(&self, actor: &Actor, policy: &Policy, change: CatalogChange) -> Event {
        Event::of_catalog(CatalogKind::Policy, policy.id.0, actor, self.clock.now(), change, policy.name.as_str())
    }
}

/// The values of a condition, unless there are too many.
fn few<'a>(check: &mut Check, condition: &str, values: Option<&'a [Reference]>) -> Option<&'a [Reference]> {
    let values = values?;
    if values.len() > MOST_VALUES {
        check.note("match", Problem::Part(condition.to_owned(), Box::new(Problem::TooMany(MOST_VALUES))));
        return None;
    }
    Some(values)
}

/// What a word means that stands for several: what it was shown for, else all of them.
fn meant(word: &[Priority], present: &BTreeSet<Priority>) -> Vec<Priority> {
    let shown: Vec<Priority> = word.iter().copied().filter(|priority| present.contains(priority)).collect();
    if shown.is_empty() { word.to_vec() } else { shown }
}

fn known<T>(check: &mut Check, condition: &str, reference: &Reference, found: Option<T>) -> Option<T> {
    let unknown = || Problem::Part(condition.to_owned(), Box::new(Problem::Unknown(reference.to_string())));
    check.field("match", found.ok_or_else(unknown))
}

/// The targets with what is written put in; a policy promises something.
fn targets(check: &mut Check, present: Targets, write: WriteTargets) -> Targets {
    let mut target = |name: &str, present, written: Option<Option<i64>>| {
        let minutes = written.unwrap_or(present);
        let parsed = minutes.map(|minutes| in_range(minutes, 1..=MOST_MINUTES));
        check
            .optional("targets", parsed.map(|parsed| parsed.map_err(|problem| Problem::Part(name.to_owned(), Box::new(problem)))))
    };
    let targets = Targets {
        first_response: target("first_response", present.first_response, write.first_response),
        next_response: target("next_response", present.next_response, write.next_response),
        resolution: target("resolution", present.resolution, write.resolution),
    };
    if targets.is_empty() && check.passes() {
        check.note("targets", Problem::Other("A policy has at least one target."));
    }
    targets
}

fn outcome(id: PolicyId, created: bool) -> Outcome {
    Outcome { kind: "sla_policy", id: id.0, parent: None, created }
}
