//! How classic says no: `{"error", "details": {field: [sentences]}}`. Conflicts are 400, with the sentence under `status`.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::Problem;
use crate::words;

/// A refusal.
#[derive(Serialize, ToSchema)]
#[schema(as = Error)]
pub struct Refusal {
    /// A sentence.
    #[schema(example = "Validation failed")]
    pub error: String,
    /// What is wrong with which field.
    pub details: BTreeMap<String, Vec<String>>,
}

/// The refusal.
pub fn refuse(problem: &Problem) -> HttpResponse {
    let mut details = words::details(&problem.violations, |_| "Invalid choice.".to_owned());
    let is_conflict = problem.status == StatusCode::CONFLICT;
    if is_conflict {
        details.insert("status".to_owned(), vec![problem.message.clone()]);
    }
    let error = if details.is_empty() { problem.message.clone() } else { "Validation failed".to_owned() };
    let status = if is_conflict { StatusCode::BAD_REQUEST } else { problem.status };
    HttpResponse::build(status).json(Refusal { error, details })
}
