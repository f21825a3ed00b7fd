//! Bodies to compare with how they looked before: what differs from run to run is told by its kind.

use serde_json::{Map, Value};

/// The body with ids, tokens, times and addresses replaced by what they are.
pub fn golden(body: &Value) -> Value {
    match body {
        Value::Object(fields) => {
            Value::Object(fields.iter().map(|(name, value)| (name.clone(), field(name, value))).collect::<Map<_, _>>())
        }
        Value::Array(items) => items.iter().map(golden).collect(),
        Value::String(text) => kind(text).map_or_else(|| body.clone(), |kind| Value::String(kind.to_owned())),
        _ => body.clone(),
    }
}

fn field(name: &str, value: &Value) -> Value {
    match (name, value) {
        ("id", Value::Number(_)) => Value::String("[integer]".to_owned()),
        ("request_id", Value::String(_)) => Value::String("[request id]".to_owned()),
        _ => golden(value),
    }
}

fn kind(text: &str) -> Option<&'static str> {
    let is_token = || text.split('.').count() == 3 && text.starts_with("ey");
    if uuid::Uuid::parse_str(text).is_ok() {
        Some("[uuid]")
    } else if text.starts_with("http://127.0.0.1") {
        Some("[address]")
    } else if is_token() {
        Some("[token]")
    } else {
        None
    }
}
