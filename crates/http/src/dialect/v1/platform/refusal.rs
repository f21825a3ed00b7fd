//! How platform says no: `{"error": {"code", "message", "details", "timestamp", "request_id"}}`.

use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

use actix_web::HttpResponse;
use helpdesk_domain::kernel::Moment;
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::Problem;
use crate::words;

/// A refusal.
#[derive(Serialize, ToSchema)]
#[schema(as = Error)]
pub struct Refusal {
    /// What went wrong.
    pub error: Wrong,
}

/// What went wrong.
#[derive(Serialize, ToSchema)]
#[schema(as = ErrorBody)]
pub struct Wrong {
    /// A stable word.
    #[schema(example = "VALIDATION_ERROR")]
    pub code: String,
    /// A sentence.
    pub message: String,
    /// What is wrong with which field.
    pub details: BTreeMap<String, Vec<String>>,
    /// When.
    pub timestamp: DateTime<Utc>,
    /// To be quoted when asking for help.
    #[schema(example = "req_0192f3a1c7b87d5e9f00112233445566")]
    pub request_id: String,
    /// Seconds to wait; with 429 only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
}

/// What went wrong with one of many things.
#[derive(Debug, Serialize, ToSchema)]
pub struct Fault {
    /// A stable word.
    #[schema(example = "INVALID_TRANSITION")]
    pub code: String,
    /// A sentence.
    pub message: String,
    /// What is wrong with which field.
    pub details: BTreeMap<String, Vec<String>>,
}

impl From<&Problem> for Fault {
    fn from(problem: &Problem) -> Self {
        let details = words::details(&problem.violations, |word| format!("\"{word}\" is not a valid choice."));
        Self { code: problem.code.to_owned(), message: problem.message.clone(), details }
    }
}

/// The refusal.
pub fn refuse(problem: &Problem, request_id: &str, now: Moment) -> HttpResponse {
    let Fault { code, message, details } = Fault::from(problem);
    let body = Refusal {
        error: Wrong {
            code,
            message,
            details,
            timestamp: now,
            request_id: request_id.to_owned(),
            retry_after: problem.retry_after,
        },
    };
    HttpResponse::build(problem.status).json(body)
}
