//! Routes, and how people are given tickets, in classic.

use chrono::{DateTime, Utc};
use helpdesk_domain::routing::{AgentView, RouteView};
use serde::Serialize;
use utoipa::ToSchema;

use crate::dialect::v1::say::Shows;
use crate::gate::Seen;

/// Which tickets a route is for; what is `null` may be anything.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RouteMatch)]
pub struct Match {
    /// In this category.
    pub category: Option<i64>,
    /// Of this department.
    pub department: Option<i64>,
}

/// A route.
#[derive(Debug, Serialize, ToSchema)]
pub struct Route {
    /// Integer.
    pub id: i64,
    /// What it is called.
    pub name: String,
    /// Of routes that are as specific, the lowest wins.
    pub position: i64,
    /// Whether tickets go by it.
    pub is_active: bool,
    /// Which tickets it is for.
    #[serde(rename = "match")]
    pub matches: Match,
    /// The department that they get; theirs stays when `null`.
    pub department: Option<i64>,
    /// `round_robin`, `least_loaded` or `skill`.
    pub strategy: &'static str,
    /// What whoever takes a ticket must be able to do.
    pub skills: Vec<String>,
    /// Among whom; the members of the department when empty.
    pub agents: Vec<i64>,
    /// Written.
    pub created_at: DateTime<Utc>,
    /// Last changed.
    pub updated_at: DateTime<Utc>,
}

impl Shows<RouteView> for Route {
    fn show(view: &RouteView, _: &Seen<'_>) -> Self {
        Self {
            id: view.serial,
            name: view.name.clone(),
            position: view.position,
            is_active: view.is_active,
            matches: Match {
                category: view.of_category.as_ref().map(|category| category.serial),
                department: view.of_department.as_ref().map(|department| department.serial),
            },
            department: view.department.as_ref().map(|department| department.serial),
            strategy: view.strategy.word(),
            skills: view.skills.words(),
            agents: view.agents.iter().map(|(_, agent)| *agent).collect(),
            created_at: view.created_at,
            updated_at: view.updated_at,
        }
    }
}

/// How somebody is given tickets.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgentRouting {
    /// Whose integer.
    pub user: i64,
    /// The most open tickets that they are given at once; no limit when `null`.
    pub capacity: Option<i64>,
    /// What they can do.
    pub skills: Vec<String>,
    /// Whether they want any now.
    pub is_available: bool,
    /// How many open tickets they have.
    pub open_tickets: i64,
}

impl Shows<AgentView> for AgentRouting {
    fn show(view: &AgentView, _: &Seen<'_>) -> Self {
        Self {
            user: view.serial,
            capacity: view.capacity,
            skills: view.skills.words(),
            is_available: view.is_available,
            open_tickets: view.open,
        }
    }
}
