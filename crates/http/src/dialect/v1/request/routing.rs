//! Routes, and how people are given tickets, as clients write them.

use helpdesk_domain::kernel::Problem as FieldProblem;
use helpdesk_domain::kernel::id::{Reference, Target};
use helpdesk_domain::routing::Strategy;
use helpdesk_domain::routing::command::{EditAgent, EditRoute, WriteRoute};
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::{Given, Ref};
use crate::problem::Problem;

/// A route to write or to change; absent fields stay.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct RouteBody {
    /// What it is called; required to write one.
    #[schema(max_length = 100)]
    pub name: Option<String>,
    /// Of routes that are as specific, the lowest wins; behind all others when absent.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub position: Option<i64>,
    /// Whether tickets go by it; they do when absent.
    pub is_active: Option<bool>,
    /// Which tickets it is for; all that no other is for when it names nothing.
    #[serde(rename = "match", default, deserialize_with = "object")]
    pub matches: Option<RouteMatchBody>,
    /// The department that they get; theirs stays when `null`.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub department: Given<Ref>,
    /// The same.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub department_id: Given<Ref>,
    /// `round_robin`, `least_loaded` (when absent) or `skill`.
    pub strategy: Option<String>,
    /// What whoever takes a ticket must be able to do, at most 50 words of at most 50 characters; `skill` asks for some.
    pub skills: Option<Vec<String>>,
    /// Among whom, at most 50; the members of the department when empty.
    pub agents: Option<Vec<Ref>>,
}

/// An object: serde takes a list for a struct, too, field by field.
fn object<'de, D: Deserializer<'de>, T: DeserializeOwned>(reader: D) -> Result<Option<T>, D::Error> {
    let object: Option<Map<String, Value>> = Option::deserialize(reader)?;
    object.map(|object| T::deserialize(Value::Object(object)).map_err(D::Error::custom)).transpose()
}

/// Which tickets a route is for; what is `null` may be anything.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct RouteMatchBody {
    /// In this category.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub category: Given<Ref>,
    /// Of this department.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub department: Given<Ref>,
}

impl RouteBody {
    /// What is to be written.
    pub fn into_write(self) -> Result<WriteRoute, Problem> {
        let Self { name, position, is_active, matches, department, department_id, strategy, skills, agents } = self;
        let RouteMatchBody { category: of_category, department: of_department } = matches.unwrap_or_default();
        let meant =
            |word: String| Strategy::parse(&word).ok_or_else(|| Problem::field("strategy", FieldProblem::InvalidChoice(word)));
        Ok(WriteRoute {
            name,
            position,
            is_active,
            of_category: of_category.map(|reference| reference.0),
            of_department: of_department.map(|reference| reference.0),
            department: department.or(department_id).map(|reference| reference.0),
            strategy: strategy.map(meant).transpose()?,
            skills,
            agents: agents.map(|agents| agents.into_iter().map(|agent| agent.0).collect::<Vec<Reference>>()),
        })
    }

    /// What is to be changed.
    pub fn into_edit(self, target: Target) -> Result<EditRoute, Problem> {
        Ok(EditRoute { target, write: self.into_write()? })
    }
}

/// What to change of how somebody is given tickets; absent fields stay.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct AgentRoutingChange {
    /// The most open tickets that they are given at once; no limit when `null`. Admins only.
    #[schema(value_type = Option<i64>, minimum = 0, maximum = 10_000)]
    #[serde(default)]
    pub capacity: Given<i64>,
    /// What they can do, at most 50 words of at most 50 characters. Admins only.
    pub skills: Option<Vec<String>>,
    /// Whether they want any now.
    pub is_available: Option<bool>,
}

impl AgentRoutingChange {
    /// The command.
    pub fn into_command(self, target: Target) -> EditAgent {
        let Self { capacity, skills, is_available } = self;
        EditAgent { target, capacity: capacity.0, skills, is_available }
    }
}
