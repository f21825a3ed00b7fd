//! Refusals, in the words of each dialect.

use serde_json::Value;

/// The details of a refusal by `platform`: `{"error": {"code", "message", "details", "timestamp", "request_id"}}`.
pub fn by_platform(body: &Value) -> Option<Value> {
    let error = body.get("error")?;
    for field in ["code", "message", "timestamp", "request_id"] {
        error.get(field)?.as_str().filter(|text| !text.is_empty())?;
    }
    let known = ["code", "message", "details", "timestamp", "request_id", "retry_after"];
    let exact = error.as_object()?.keys().all(|field| known.contains(&field.as_str()));
    error.get("details").filter(|details| exact && by_field(details)).cloned()
}

/// The details of a refusal by `classic`: `{"error", "details": {field: [sentences]}}`.
pub fn by_classic(body: &Value) -> Option<Value> {
    body.get("error")?.as_str().filter(|text| !text.is_empty())?;
    let exact = body.as_object()?.keys().all(|field| ["error", "details"].contains(&field.as_str()));
    body.get("details").filter(|details| exact && by_field(details)).cloned()
}

/// The details of a refusal by `smartsupport`: `{"error", "detail", "field_errors": {field: [sentences]}}`.
pub fn by_smartsupport(body: &Value) -> Option<Value> {
    for field in ["error", "detail"] {
        body.get(field)?.as_str().filter(|text| !text.is_empty())?;
    }
    let exact = body.as_object()?.keys().all(|field| ["error", "detail", "field_errors"].contains(&field.as_str()));
    body.get("field_errors").filter(|details| exact && by_field(details)).cloned()
}

/// Sentences by field.
fn by_field(details: &Value) -> bool {
    let sentences = |value: &Value| value.as_array().is_some_and(|list| !list.is_empty() && list.iter().all(Value::is_string));
    details.as_object().is_some_and(|fields| fields.values().all(sentences))
}
