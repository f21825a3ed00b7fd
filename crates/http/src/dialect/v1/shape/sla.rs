//! Policies and calendars.

use chrono::{DateTime, Utc};
use helpdesk_domain::sla::{self, CalendarView, PolicyView};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::Key;
use crate::dialect::v1::say::Shows;
use crate::gate::Seen;

/// What a policy promises, in minutes of open time; none where nothing is promised.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SlaTargets)]
pub struct Targets {
    /// From submission to the first public answer of staff.
    pub first_response: Option<i64>,
    /// From a requester's public reply to the next public answer of staff.
    pub next_response: Option<i64>,
    /// From submission to resolution.
    pub resolution: Option<i64>,
}

impl From<sla::Targets> for Targets {
    fn from(targets: sla::Targets) -> Self {
        let sla::Targets { first_response, next_response, resolution } = targets;
        Self { first_response, next_response, resolution }
    }
}

/// A calendar.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SlaCalendar)]
pub struct Calendar<K: Key> {
    /// Its id.
    pub id: K,
    /// What it is called.
    pub name: String,
    /// `timezone`, `weekly`, `holidays`, `date_overrides` and `date_breaks`, as they are written.
    #[serde(flatten)]
    #[schema(value_type = Object)]
    pub hours: Map<String, Value>,
    /// Written.
    pub created_at: DateTime<Utc>,
    /// Last changed.
    pub updated_at: DateTime<Utc>,
}

impl<K: Key> Shows<CalendarView> for Calendar<K> {
    fn show(view: &CalendarView, _: &Seen<'_>) -> Self {
        Self {
            id: K::of(view.id.0, view.serial),
            name: view.name.clone(),
            hours: view.form.clone(),
            created_at: view.created_at,
            updated_at: view.updated_at,
        }
    }
}

/// Which tickets a policy is for: each condition that is not empty must hold.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SlaMatch)]
pub struct Match<K: Key> {
    /// Of any of these priorities.
    pub priority: Vec<&'static str>,
    /// In any of these categories.
    pub category: Vec<K>,
    /// Of any of these departments.
    pub department: Vec<K>,
    /// With any of these tags, by name.
    pub tags: Vec<String>,
}

/// A policy.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SlaPolicy)]
pub struct Policy<K: Key> {
    /// Its id.
    pub id: K,
    /// What it is called.
    pub name: String,
    /// Of policies that are as specific, the lowest wins.
    pub position: i64,
    /// Which tickets it is for.
    #[serde(rename = "match")]
    pub conditions: Match<K>,
    /// What it promises.
    pub targets: Targets,
    /// Whose open time counts; none for all time.
    pub calendar: Option<K>,
    /// At which share of a target that remains a ticket is at risk.
    pub at_risk_percent: i64,
    /// Written.
    pub created_at: DateTime<Utc>,
    /// Last changed.
    pub updated_at: DateTime<Utc>,
}

impl<K: Key> Shows<PolicyView> for Policy<K> {
    fn show(view: &PolicyView, _: &Seen<'_>) -> Self {
        let words = view.priorities.iter().filter_map(|priority| K::VOICE.priority_word(Some(*priority)));
        let mut priority: Vec<&'static str> = words.collect();
        priority.dedup();
        Self {
            id: K::of(view.id.0, view.serial),
            name: view.name.clone(),
            position: view.position,
            conditions: Match {
                priority,
                category: view.categories.iter().map(|category| K::of(category.id.0, category.serial)).collect(),
                department: view.departments.iter().map(|department| K::of(department.id.0, department.serial)).collect(),
                tags: view.tags.clone(),
            },
            targets: view.targets.into(),
            calendar: view.calendar.map(|(id, serial)| K::of(id.0, serial)),
            at_risk_percent: view.at_risk_percent,
            created_at: view.created_at,
            updated_at: view.updated_at,
        }
    }
}
