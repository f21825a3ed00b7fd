//! How classic says no: `{"error", "details": {field: [sentences]}}`. Conflicts are 400, with the sentence under `status`.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::Problem;
use crate::words;

/// A refusal.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Error)]
pub struct Refusal {
    /// A sentence.
    #[schema(example = "Validation failed")]
    pub error: String,
    /// What is wrong with which field.
    pub details: BTreeMap<String, Vec<String>>,
}

/// What went wrong.
pub fn wrong(problem: &Problem) -> Refusal {
    let mut details = words::details(&problem.violations, |_| "Invalid choice.".to_owned());
    if problem.status == StatusCode::CONFLICT {
        details.insert("status".to_owned(), vec![problem.message.clone()]);
    }
    let error = if details.is_empty() { problem.message.clone() } else { "Validation failed".to_owned() };
    Refusal { error, details }
}

/// The refusal.
pub fn refuse(problem: &Problem) -> HttpResponse {
    let status = if problem.status == StatusCode::CONFLICT { StatusCode::BAD_REQUEST } else { problem.status };
    HttpResponse::build(status).json(wrong(problem))
}
