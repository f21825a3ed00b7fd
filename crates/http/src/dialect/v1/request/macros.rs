//! Macros, as clients write them.

use helpdesk_domain::automation::command::WriteMacro;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::Ref;

/// A macro to make or to change; absent fields stay.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct MacroBody {
    /// What it is called; required to make one.
    #[schema(max_length = 100)]
    pub name: Option<String>,
    /// What it is for.
    #[schema(max_length = 65536)]
    pub description: Option<String>,
    /// Whether all staff may use it, else its author alone; `false` when absent. For admins.
    pub is_public: Option<bool>,
    /// What it does: `assign`, `set` and `comment`, as rules do; required to make one.
    #[schema(value_type = Option<Vec<Object>>, example = json!([{"set": {"status": "pending"}}]))]
    pub then: Option<Value>,
}

impl MacroBody {
    /// To be made, or changed.
    pub fn into_write(self) -> WriteMacro {
        let Self { name, description, is_public, then } = self;
        WriteMacro { name, description, is_public, actions: then }
    }
}

/// What to do with a ticket.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct MacroUse {
    /// The macro; required.
    #[serde(rename = "macro")]
    pub meant: Option<Ref>,
}
