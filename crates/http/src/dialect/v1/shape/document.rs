//! Generic shapes in the document of one voice.

use std::mem::take;

use serde_json::{Value, json, to_value};

use super::Key;

/// Says shapes as if they were written for this voice: derived schemas name `LocationRef_Uid` what is `LocationRef` to the
/// voice, and refer to an id that they should describe.
pub fn settle<K: Key>(document: &mut Value) {
    let reference = json!(format!("#/components/schemas/{}", K::name()));
    Ids { reference, suffix: format!("_{}", K::name()), schema: to_value(K::schema()).unwrap_or_default() }.settle(document);
}

struct Ids {
    reference: Value,
    suffix: String,
    schema: Value,
}

impl Ids {
    fn settle(&self, value: &mut Value) {
        if let Some(described) = self.described(value) {
            *value = described;
            return;
        }
        match value {
            Value::Object(fields) => {
                *fields = take(fields).into_iter().map(|(name, value)| (self.plain(name), value)).collect();
                fields.values_mut().for_each(|value| self.settle(value));
            }
            Value::Array(items) => items.iter_mut().for_each(|value| self.settle(value)),
            Value::String(text) => *text = self.plain(take(text)),
            _ => {}
        }
    }

    /// What stands where an id, or an id or none, is only referred to.
    fn described(&self, value: &Value) -> Option<Value> {
        if value.get("$ref") == Some(&self.reference) {
            return Some(self.schema.clone());
        }
        let id = value.pointer("/oneOf/0").filter(|id| id.get("$ref") == Some(&self.reference))?;
        let mut described = self.schema.clone();
        let fields = described.as_object_mut()?;
        let kind = fields.get("type").cloned();
        fields.insert("type".to_owned(), json!([kind, "null"]));
        fields.extend(id.get("description").map(|told| ("description".to_owned(), told.clone())));
        Some(described)
    }

    fn plain(&self, name: String) -> String {
        name.strip_suffix(&self.suffix).map(str::to_owned).unwrap_or(name)
    }
}
