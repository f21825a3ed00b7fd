//! A Postman collection, made from an `OpenAPI` document.

use serde_json::{Map, Value, json};

/// The collection: one folder per tag, one request per operation, the token as a variable.
pub fn collection(api: &Value) -> Value {
    let mut folders: Map<String, Value> = Map::new();
    let empty = Map::new();
    let paths = api.get("paths").and_then(Value::as_object).unwrap_or(&empty);
    for (path, operations) in paths {
        for (method, operation) in operations.as_object().unwrap_or(&empty) {
            let tag = operation.pointer("/tags/0").and_then(Value::as_str).unwrap_or("API").to_owned();
            if let Value::Array(items) = folders.entry(tag).or_insert_with(|| json!([])) {
                items.push(item(method, path, operation));
            }
        }
    }
    let folders: Vec<Value> = folders.into_iter().map(|(name, item)| json!({ "name": name, "item": item })).collect();
    let url = api.pointer("/servers/0/url").and_then(Value::as_str).unwrap_or("http://127.0.0.1:8000");
    json!({
        "info": {
            "name": api.pointer("/info/title"),
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        },
        "auth": { "type": "bearer", "bearer": [{ "key": "token", "value": "{{access_token}}", "type": "string" }] },
        "variable": [{ "key": "base_url", "value": url }, { "key": "access_token", "value": "" }],
        "item": folders,
    })
}

fn item(method: &str, path: &str, operation: &Value) -> Value {
    let names = |place: &str| -> Vec<String> {
        let parameters = operation.get("parameters").and_then(Value::as_array).cloned().unwrap_or_default();
        let here = parameters.into_iter().filter(|parameter| parameter.get("in").and_then(Value::as_str) == Some(place));
        here.filter_map(|parameter| parameter.get("name").and_then(Value::as_str).map(str::to_owned)).collect()
    };
    let query: Vec<Value> = names("query").iter().map(|name| json!({ "key": name, "value": "", "disabled": true })).collect();
    let variables: Vec<Value> = names("path").iter().map(|name| json!({ "key": name, "value": "" })).collect();
    let raw = path.replace('{', ":").replace('}', "");
    let segments: Vec<&str> = raw.split('/').filter(|segment| !segment.is_empty()).collect();
    let mut request = json!({
        "method": method.to_uppercase(),
        "header": [{ "key": "Content-Type", "value": "application/json" }],
        "url": {
            "raw": format!("{{{{base_url}}}}{raw}"),
            "host": ["{{base_url}}"],
            "path": segments,
            "query": query,
            "variable": variables,
        },
    });
    if operation.get("requestBody").is_some()
        && let Some(request) = request.as_object_mut()
    {
        request.insert("body".to_owned(), json!({ "mode": "raw", "raw": "{}" }));
    }
    json!({ "name": operation.get("summary"), "request": request })
}
