//! A saved filter.

use std::ops::Deref;

use super::command::FilterParams;
use crate::kernel::clock::Moment;
use crate::kernel::id::{FilterId, OrganizationId, Revision, UserId};
use crate::kernel::text::FilterName;

/// All that is kept of a saved filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedFilterState {
    /// Identity.
    pub id: FilterId,
    /// Tenant.
    pub organization: OrganizationId,
    /// What it is called.
    pub name: FilterName,
    /// What it asks for, with the dialect it was written in: its words mean the same for whoever uses it.
    pub asks: FilterParams,
    /// Whether everybody may use it, else its author alone.
    pub is_public: bool,
    /// Who wrote it.
    pub created_by: UserId,
    /// Written.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often written.
    pub revision: Revision,
}

/// A saved filter. Changed through its verbs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedFilter(SavedFilterState);

/// What is to change; none leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilterChange {
    /// What it is called.
    pub name: Option<FilterName>,
    /// What it asks for.
    pub asks: Option<FilterParams>,
    /// Whether everybody may use it.
    pub is_public: Option<bool>,
}

impl Deref for SavedFilter {
    type Target = SavedFilterState;

    fn deref(&self) -> &SavedFilterState {
        &self.0
    }
}

impl SavedFilter {
    /// A filter as it was stored, or a new one.
    pub fn restored(state: SavedFilterState) -> Self {
        Self(state)
    }

    /// Applies the change; tells whether anything is otherwise now.
    pub fn change(&mut self, change: FilterChange, now: Moment) -> bool {
        let FilterChange { name, asks, is_public } = change;
        let before = self.0.clone();
        let state = &mut self.0;
        state.name = name.unwrap_or_else(|| before.name.clone());
        state.asks = asks.unwrap_or_else(|| before.asks.clone());
        state.is_public = is_public.unwrap_or(before.is_public);
        if self.0 == before {
            return false;
        }
        self.0.updated_at = now;
        true
    }

    /// What others are told that it is called: nothing while it is private.
    pub fn told_name(&self) -> &str {
        if self.is_public { self.name.as_str() } else { "" }
    }
}
