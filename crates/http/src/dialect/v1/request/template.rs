//! Response templates, as clients write them.

use helpdesk_domain::kernel::Problem as FieldProblem;
use helpdesk_domain::kernel::id::Target;
use helpdesk_domain::template::Context;
use helpdesk_domain::template::command::{CreateTemplate, EditTemplate};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// A template to write or to change; absent fields stay.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct TemplateBody {
    /// What it is called; required to write one.
    #[schema(max_length = 255)]
    pub title: Option<String>,
    /// What it says, with `{variables}`; required to write one.
    #[schema(max_length = 65536, example = "Hello {customer_name}, thank you for contacting us.")]
    pub content: Option<String>,
    /// A free word that it is filed under.
    #[schema(max_length = 100, example = "greeting")]
    pub category: Option<String>,
    /// Whether all staff may use it, else its author alone; `false` when absent.
    pub is_public: Option<bool>,
    /// Variables besides those that are found in the content; 50 in all.
    #[schema(max_items = 50)]
    pub variables: Option<Vec<String>>,
}

/// What to fill a template in with.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct TemplateUse {
    /// A text, number or boolean for each variable of the content.
    #[schema(value_type = Option<Object>)]
    pub context: Option<Map<String, Value>>,
}

impl TemplateBody {
    /// To be written.
    pub fn into_creation(self) -> CreateTemplate {
        let Self { title, content, category, is_public, variables } = self;
        CreateTemplate { title, content, category, is_public, variables }
    }

    /// To be changed.
    pub fn into_edit(self, target: Target) -> EditTemplate {
        let Self { title, content, category, is_public, variables } = self;
        EditTemplate { target, title, content, category, is_public, variables }
    }
}

impl TemplateUse {
    /// The values as texts.
    pub fn into_context(self) -> Context {
        self.context.unwrap_or_default().into_iter().map(|(name, value)| (name, text(value))).collect()
    }
}

fn text(value: Value) -> Result<String, FieldProblem> {
    match value {
        Value::String(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(flag) => Ok(flag.to_string()),
        Value::Null => Err(FieldProblem::Null),
        Value::Array(_) | Value::Object(_) => Err(FieldProblem::WrongType("string")),
    }
}
