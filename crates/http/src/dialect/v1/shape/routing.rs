//! Routes, and how people are given tickets.

use chrono::{DateTime, Utc};
use helpdesk_domain::routing::{AgentView, RouteView};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::Ref;
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, Schema, Type};

use super::Key;
use crate::dialect::v1::say::Shows;
use crate::gate::Seen;

/// Which tickets a route is for; what is `null` may be anything.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RouteMatch)]
pub struct Match<K: Key> {
    /// In this category.
    #[schema(schema_with = id_or_none::<K>)]
    pub category: Option<K>,
    /// Of this department.
    #[schema(schema_with = id_or_none::<K>)]
    pub department: Option<K>,
}

/// In a shape inside of another one utoipa passes over that it is an option.
fn id_or_none<K: Key>() -> Schema {
    let id = Ref::from_schema_name(K::name());
    OneOfBuilder::new().item(id).item(ObjectBuilder::new().schema_type(Type::Null)).build().into()
}

/// A route.
#[derive(Debug, Serialize, ToSchema)]
pub struct Route<K: Key> {
    /// Its id.
    pub id: K,
    /// What it is called.
    pub name: String,
    /// Of routes that are as specific, the lowest wins.
    pub position: i64,
    /// Whether tickets go by it.
    pub is_active: bool,
    /// Which tickets it is for.
    #[serde(rename = "match")]
    pub matches: Match<K>,
    /// The department that they get; theirs stays when `null`.
    pub department: Option<K>,
    /// `round_robin`, `least_loaded` or `skill`.
    pub strategy: &'static str,
    /// What whoever takes a ticket must be able to do.
    pub skills: Vec<String>,
    /// Among whom; the members of the department when empty.
    pub agents: Vec<K>,
    /// Written.
    pub created_at: DateTime<Utc>,
    /// Last changed.
    pub updated_at: DateTime<Utc>,
}

impl<K: Key> Shows<RouteView> for Route<K> {
    fn show(view: &RouteView, _: &Seen<'_>) -> Self {
        Self {
            id: K::of(view.id.0, view.serial),
            name: view.name.clone(),
            position: view.position,
            is_active: view.is_active,
            matches: Match {
                category: view.of_category.as_ref().map(|category| K::of(category.id.0, category.serial)),
                department: view.of_department.as_ref().map(|department| K::of(department.id.0, department.serial)),
            },
            department: view.department.as_ref().map(|department| K::of(department.id.0, department.serial)),
            strategy: view.strategy.word(),
            skills: view.skills.words(),
            agents: view.agents.iter().map(|(agent, serial)| K::of(agent.0, *serial)).collect(),
            created_at: view.created_at,
            updated_at: view.updated_at,
        }
    }
}

/// How somebody is given tickets.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgentRouting<K: Key> {
    /// Whose.
    pub user: K,
    /// The most open tickets that they are given at once; no limit when `null`.
    pub capacity: Option<i64>,
    /// What they can do.
    pub skills: Vec<String>,
    /// Whether they want any now.
    pub is_available: bool,
    /// How many open tickets they have.
    pub open_tickets: i64,
}

impl<K: Key> Shows<AgentView> for AgentRouting<K> {
    fn show(view: &AgentView, _: &Seen<'_>) -> Self {
        Self {
            user: K::of(view.user.0, view.serial),
            capacity: view.capacity,
            skills: view.skills.words(),
            is_available: view.is_available,
            open_tickets: view.open,
        }
    }
}
