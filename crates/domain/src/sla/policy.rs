//! Policies: which tickets are promised what.

use std::collections::BTreeSet;
use std::ops::Deref;

use serde::{Deserialize, Serialize};

use super::Targets;
use crate::kernel::clock::Moment;
use crate::kernel::id::{CalendarId, CategoryId, DepartmentId, OrganizationId, PolicyId, Revision, TagId};
use crate::kernel::text::Label;
use crate::ticket::{Priority, TicketState};

/// Which tickets a policy is for: each condition that says anything must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Conditions {
    /// Of any of these priorities.
    pub priorities: BTreeSet<Priority>,
    /// In any of these categories.
    pub categories: BTreeSet<CategoryId>,
    /// Of any of these departments.
    pub departments: BTreeSet<DepartmentId>,
    /// With any of these tags.
    pub tags: BTreeSet<TagId>,
}

impl Conditions {
    /// How specific the policy is for that ticket: how many conditions say anything; none when one does not hold.
    pub fn matched(&self, ticket: &TicketState) -> Option<usize> {
        let Self { priorities, categories, departments, tags } = self;
        let holds = [
            one_of(priorities, ticket.priority),
            one_of(categories, ticket.category),
            one_of(departments, ticket.department),
            (!tags.is_empty()).then(|| !tags.is_disjoint(&ticket.tags)),
        ];
        let said: Vec<bool> = holds.into_iter().flatten().collect();
        said.iter().all(|holds| *holds).then_some(said.len())
    }
}

/// Whether the value is one of those; none where there are none to choose from.
fn one_of<T: Ord>(values: &BTreeSet<T>, value: Option<T>) -> Option<bool> {
    (!values.is_empty()).then(|| value.is_some_and(|value| values.contains(&value)))
}

/// All that is kept of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyState {
    /// Identity.
    pub id: PolicyId,
    /// Tenant.
    pub organization: OrganizationId,
    /// What it is called.
    pub name: Label,
    /// Of policies that are as specific, the lowest wins.
    pub position: i64,
    /// Which tickets it is for.
    pub conditions: Conditions,
    /// What it promises.
    pub targets: Targets,
    /// Whose open time counts; none for all time.
    pub calendar: Option<CalendarId>,
    /// At which share of a target that remains a ticket is at risk, in percent.
    pub at_risk_percent: i64,
    /// Written.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often written.
    pub revision: Revision,
}

/// A policy. Changed as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy(PolicyState);

impl Deref for Policy {
    type Target = PolicyState;

    fn deref(&self) -> &PolicyState {
        &self.0
    }
}

impl Policy {
    /// A policy, new or as it was stored.
    pub fn restored(state: PolicyState) -> Self {
        Self(state)
    }

    /// Puts another state in the place of this one; tells whether anything is otherwise now.
    pub fn become_like(&mut self, state: PolicyState, now: Moment) -> bool {
        if self.0 == state {
            return false;
        }
        self.0 = PolicyState { updated_at: now, ..state };
        true
    }
}
