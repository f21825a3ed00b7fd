//! `metrics=`: which parts of an answer are wanted.

use helpdesk_domain::kernel::Problem as FieldProblem;
use serde_json::Value;

use crate::problem::Problem;

/// What no answer goes without: which days it is of.
const ALWAYS: [&str; 2] = ["date_range", "time_zone"];

/// Leaves the parts of those names, or all where none is named.
pub fn pick(mut body: Value, names: &[&str]) -> Result<Value, Problem> {
    let Some(parts) = body.as_object_mut().filter(|_| !names.is_empty()) else { return Ok(body) };
    if let Some(unknown) = names.iter().find(|name| !parts.contains_key(**name)) {
        return Err(Problem::field("metrics", FieldProblem::InvalidChoice((*unknown).to_owned())));
    }
    parts.retain(|name, _| names.contains(&name.as_str()) || ALWAYS.contains(&name.as_str()));
    Ok(body)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn body() -> Value {
        json!({ "date_range": {}, "time_zone": "UTC", "sla": 1, "series": [] })
    }

    #[test]
    fn what_is_named_is_left_beside_the_days() {
        assert_eq!(pick(body(), &["sla"]).unwrap(), json!({ "date_range": {}, "time_zone": "UTC", "sla": 1 }));
        assert_eq!(pick(body(), &[]).unwrap(), body());
    }

    #[test]
    fn a_name_that_no_part_has_is_refused() {
        let refused = pick(body(), &["sla", "weather"]).unwrap_err();
        assert_eq!(refused.violations.0.first().unwrap().field, "metrics");
    }
}
