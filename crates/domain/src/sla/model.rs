//! Calendars as an organization keeps them.

use std::ops::Deref;

use super::BusinessCalendar;
use crate::kernel::clock::Moment;
use crate::kernel::id::{CalendarId, OrganizationId, Revision};
use crate::kernel::text::Label;

/// All that is kept of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarState {
    /// Identity.
    pub id: CalendarId,
    /// Tenant.
    pub organization: OrganizationId,
    /// What it is called.
    pub name: Label,
    /// What it says.
    pub hours: BusinessCalendar,
    /// Written.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often written.
    pub revision: Revision,
}

/// A calendar with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar(CalendarState);

impl Deref for Calendar {
    type Target = CalendarState;

    fn deref(&self) -> &CalendarState {
        &self.0
    }
}

impl Calendar {
    /// A calendar, new or as it was stored.
    pub fn restored(state: CalendarState) -> Self {
        Self(state)
    }

    /// Gives it another name and other hours; tells whether anything is otherwise now.
    pub fn change(&mut self, name: Option<Label>, hours: BusinessCalendar, now: Moment) -> bool {
        let name = name.unwrap_or_else(|| self.name.clone());
        if name == self.0.name && hours == self.0.hours {
            return false;
        }
        (self.0.name, self.0.hours, self.0.updated_at) = (name, hours, now);
        true
    }
}
