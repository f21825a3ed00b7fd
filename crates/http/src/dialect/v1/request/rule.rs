//! Rules, as clients write them.

use helpdesk_domain::automation::command::{EditRule, ReplayRule, WriteRule};
use helpdesk_domain::kernel::id::{Reference, Target};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

/// A rule to make or to change; absent fields stay.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct RuleBody {
    /// What it is called; required to make one.
    #[schema(max_length = 100)]
    pub name: Option<String>,
    /// What it is for.
    #[schema(max_length = 65536)]
    pub description: Option<String>,
    /// Whether it is carried out; `true` when absent.
    pub is_active: Option<bool>,
    /// Rules with lower positions are carried out first; behind all others when absent.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub position: Option<i64>,
    /// What it begins with; required to make one.
    #[schema(value_type = Option<Object>, example = json!({"event": ["ticket.created", "ticket.updated"]}))]
    pub when: Option<Value>,
    /// When it applies: all of `all` hold and one of `any`; a list is `all`. Always when absent.
    #[schema(value_type = Option<Object>, example = json!({"all": [{"field": "priority", "op": "changed_to", "value": "urgent"}]}))]
    #[serde(rename = "if")]
    pub conditions: Option<Value>,
    /// What it does, one after the other, all of it or nothing; required to make one.
    #[schema(value_type = Option<Vec<Object>>, example = json!([{"assign": "agent"}, {"set": {"status": "in_progress"}}]))]
    pub then: Option<Value>,
}

impl RuleBody {
    /// To be made.
    pub fn into_write(self) -> WriteRule {
        let Self { name, description, is_active, position, when, conditions, then } = self;
        WriteRule { name, description, is_active, position, when, conditions, actions: then }
    }

    /// To be changed.
    pub fn into_edit(self, target: Target) -> EditRule {
        EditRule { target, write: self.into_write() }
    }
}

/// What a rule is to be held against, and a draft: what of it is otherwise. Absent parts are those of the rule.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct RuleTest {
    /// What it is called.
    #[schema(max_length = 100)]
    pub name: Option<String>,
    /// What it begins with.
    #[schema(value_type = Option<Object>)]
    pub when: Option<Value>,
    /// When it applies.
    #[schema(value_type = Option<Object>)]
    #[serde(rename = "if")]
    pub conditions: Option<Value>,
    /// What it does.
    #[schema(value_type = Option<Vec<Object>>)]
    pub then: Option<Value>,
    /// The position behind which it begins; the last events when absent.
    #[schema(minimum = 0)]
    pub after: Option<i64>,
    /// How many events; 200 when absent.
    #[schema(minimum = 1, maximum = 1000)]
    pub limit: Option<i64>,
}

impl RuleTest {
    /// The command.
    pub fn into_command(self, rule: Reference) -> ReplayRule {
        let Self { name, when, conditions, then, after, limit } = self;
        let draft = WriteRule { name, when, conditions, actions: then, ..WriteRule::default() };
        ReplayRule { rule, draft, after, limit }
    }
}
