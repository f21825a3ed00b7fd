//! A rule.

use std::collections::HashSet;
use std::ops::Deref;

use uuid::Uuid;

use super::action::RuleAction;
use super::condition::{Condition, Conditions};
use super::trigger::Trigger;
use crate::event::{ByRule, Origin};
use crate::kernel::clock::Moment;
use crate::kernel::id::{OrganizationId, Revision, RuleId};
use crate::kernel::text::{Label, Note};

/// All that is kept of a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleState {
    /// Identity.
    pub id: RuleId,
    /// Tenant.
    pub organization: OrganizationId,
    /// What it is called.
    pub name: Label,
    /// What it is for; may be empty.
    pub description: Note,
    /// Whether it is carried out.
    pub is_active: bool,
    /// Rules with lower positions are carried out first.
    pub position: i64,
    /// What it begins with.
    pub trigger: Trigger,
    /// When it applies.
    pub conditions: Conditions,
    /// What it does.
    pub actions: Vec<RuleAction>,
    /// Since when it is carried out: what happened before is no business of it.
    pub active_since: Moment,
    /// Made.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often written.
    pub revision: Revision,
}

/// A rule. Changed through its verbs.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule(RuleState);

/// What is to change; none leaves a part as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RuleChange {
    /// What it is called.
    pub name: Option<Label>,
    /// What it is for.
    pub description: Option<Note>,
    /// Whether it is carried out.
    pub is_active: Option<bool>,
    /// Its place.
    pub position: Option<i64>,
    /// What it begins with.
    pub trigger: Option<Trigger>,
    /// When it applies.
    pub conditions: Option<Conditions>,
    /// What it does.
    pub actions: Option<Vec<RuleAction>>,
}

impl Deref for Rule {
    type Target = RuleState;

    fn deref(&self) -> &RuleState {
        &self.0
    }
}

impl Rule {
    /// The longest chain of rules, each by what the one before did.
    pub const LONGEST_CHAIN: usize = 5;

    /// A new one, or one as it was stored.
    pub fn new(state: RuleState) -> Self {
        Self(state)
    }

    /// Applies the change; tells whether anything is otherwise now. A rule that is made active, or begins
    /// with something else, begins anew.
    pub fn change(&mut self, change: RuleChange, now: Moment) -> bool {
        let RuleChange { name, description, is_active, position, trigger, conditions, actions } = change;
        let before = self.0.clone();
        let state = &mut self.0;
        state.name = name.unwrap_or_else(|| before.name.clone());
        state.description = description.unwrap_or_else(|| before.description.clone());
        state.is_active = is_active.unwrap_or(before.is_active);
        state.position = position.unwrap_or(before.position);
        state.trigger = trigger.unwrap_or_else(|| before.trigger.clone());
        state.conditions = conditions.unwrap_or_else(|| before.conditions.clone());
        state.actions = actions.unwrap_or_else(|| before.actions.clone());
        if *state == before {
            return false;
        }
        if state.is_active && (!before.is_active || state.trigger != before.trigger) {
            state.active_since = now;
        }
        state.updated_at = now;
        true
    }

    /// The things that it names.
    pub fn names(&self) -> HashSet<Uuid> {
        let actions = self.actions.iter().flat_map(RuleAction::names);
        self.conditions.each().flat_map(Condition::names).chain(actions).collect()
    }

    /// How events say that it made them, when that was what it began with.
    pub fn signature(&self, origin: Option<&Origin>) -> ByRule {
        let chain = origin.map_or(&[][..], Origin::chain).iter().copied().chain([self.id]).collect();
        ByRule { id: Some(self.id), name: self.name.to_string(), chain, route: origin.and_then(Origin::route) }
    }

    /// Whether it must not be carried out because of what that chain of rules did: it is one of them, or there are enough.
    pub fn is_cut(&self, chain: &[RuleId]) -> bool {
        chain.contains(&self.id) || chain.len() >= Self::LONGEST_CHAIN
    }
}
