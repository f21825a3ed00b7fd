//! What somebody does with tickets often, in one step.

use super::RuleAction;
use crate::kernel::clock::Moment;
use crate::kernel::id::{MacroId, OrganizationId, Revision, Serial, UserId};
use crate::kernel::text::{Label, Note};

/// A macro: actions of a rule that a person carries out.
#[derive(Clone, Debug, PartialEq)]
pub struct Macro {
    /// Identity.
    pub id: MacroId,
    /// Tenant.
    pub organization: OrganizationId,
    /// What it is called.
    pub name: Label,
    /// What it is for; may be empty.
    pub description: Note,
    /// Whether all staff may use it, else who made it alone.
    pub is_public: bool,
    /// What it does.
    pub actions: Vec<RuleAction>,
    /// Who made it.
    pub created_by: UserId,
    /// Made.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often written.
    pub revision: Revision,
}

/// What is to change; none leaves a part as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MacroChange {
    /// What it is called.
    pub name: Option<Label>,
    /// What it is for.
    pub description: Option<Note>,
    /// Whether all staff may use it.
    pub is_public: Option<bool>,
    /// What it does.
    pub actions: Option<Vec<RuleAction>>,
}

/// A macro, shown.
#[derive(Clone, Debug, PartialEq)]
pub struct MacroView {
    /// The macro.
    pub shown: Macro,
    /// Its integer.
    pub serial: Serial,
}

impl Macro {
    /// Applies the change; tells whether anything is otherwise now.
    pub fn change(&mut self, change: MacroChange, now: Moment) -> bool {
        let MacroChange { name, description, is_public, actions } = change;
        let before = self.clone();
        self.name = name.unwrap_or_else(|| before.name.clone());
        self.description = description.unwrap_or_else(|| before.description.clone());
        self.is_public = is_public.unwrap_or(before.is_public);
        self.actions = actions.unwrap_or_else(|| before.actions.clone());
        if *self == before {
            return false;
        }
        self.updated_at = now;
        true
    }

    /// What others are told that it is called: nothing while it is private.
    pub fn told_name(&self) -> &str {
        if self.is_public { self.name.as_str() } else { "" }
    }
}
