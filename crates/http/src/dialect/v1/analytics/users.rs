//! Figures over accounts.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use helpdesk_domain::analytics::{PeopleFigures, PeopleReport};
use serde::Serialize;
use utoipa::ToSchema;

use super::shape::DateRange;
use crate::dialect::v1::say::Shows;
use crate::dialect::v1::shape::Key;
use crate::dialect::v1::{Voice, classic};
use crate::gate::Seen;

/// How many accounts there are.
#[derive(Debug, Serialize, ToSchema)]
pub struct UserTotals {
    /// All, but those that were deleted.
    pub total: u64,
    /// How many may log in.
    pub active: u64,
    /// How many have been switched off.
    pub inactive: u64,
    /// How many wait for approval.
    pub pending: u64,
    /// How many were made on the days.
    pub new: u64,
    /// How many were last seen (login, renewal of a token) on the days.
    pub seen: u64,
}

impl From<&PeopleFigures> for UserTotals {
    fn from(figures: &PeopleFigures) -> Self {
        let PeopleFigures { by_role, inactive, pending, new_by_day, seen } = figures;
        let active = by_role.iter().map(|(_, n)| n).sum();
        let new = new_by_day.iter().map(|(_, n)| n).sum();
        Self { total: active + inactive + pending, active, inactive: *inactive, pending: *pending, new, seen: *seen }
    }
}

/// New accounts of one day.
#[derive(Debug, Serialize, ToSchema)]
pub struct NewUsers {
    /// The day in the organization's time zone.
    pub date: NaiveDate,
    /// How many were made.
    pub new: u64,
}

/// Who uses the desk.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UserAnalytics)]
pub struct Users<K: Key> {
    /// Which days.
    pub date_range: DateRange,
    /// Whose days: the organization's zone.
    pub time_zone: String,
    /// How many there are.
    pub totals: UserTotals,
    /// How many of each role may log in.
    pub by_role: BTreeMap<String, u64>,
    /// Day by day.
    pub series: Vec<NewUsers>,
    #[serde(skip)]
    #[schema(ignore)]
    voice: std::marker::PhantomData<K>,
}

impl<K: Key> Shows<PeopleReport> for Users<K> {
    fn show(report: &PeopleReport, _: &Seen<'_>) -> Self {
        let PeopleReport { span, figures } = report;
        let mut by_role = BTreeMap::new();
        for (role, n) in &figures.by_role {
            let word = if K::VOICE == Voice::Classic { classic::user::role(*role) } else { role.word() };
            *by_role.entry(word.to_owned()).or_default() += n;
        }
        let made: BTreeMap<_, _> = figures.new_by_day.iter().copied().collect();
        let series = span.days().map(|date| NewUsers { date, new: made.get(&date).copied().unwrap_or(0) });
        Self {
            date_range: DateRange::from(*span),
            time_zone: span.zone.name().to_owned(),
            totals: UserTotals::from(figures),
            by_role,
            series: series.collect(),
            voice: std::marker::PhantomData,
        }
    }
}
