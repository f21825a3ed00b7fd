//! How smartsupport says no: `{"error", "detail", "field_errors": {field: [sentences]}}`. Conflicts are 400.

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
    /// A stable word.
    #[schema(example = "validation_error")]
    pub error: String,
    /// A sentence.
    pub detail: String,
    /// What is wrong with which field.
    pub field_errors: BTreeMap<String, Vec<String>>,
}

/// What fields are called here.
const NAMES: [(&str, &str); 2] = [("title", "subject"), ("refresh_token", "refresh")];

/// The refusal.
pub fn refuse(problem: &Problem) -> HttpResponse {
    let problem = NAMES.iter().fold(problem.clone(), |problem, (field, name)| problem.calling(field, name));
    let status = if problem.status == StatusCode::CONFLICT { StatusCode::BAD_REQUEST } else { problem.status };
    HttpResponse::build(status).json(Refusal {
        error: problem.code.to_ascii_lowercase(),
        field_errors: words::details(&problem.violations, |word| format!("\"{word}\" is not a valid choice.")),
        detail: problem.message,
    })
}

#[cfg(test)]
mod tests {
    use helpdesk_domain::identity::IdentityError;
    use helpdesk_domain::ticket::TicketError;

    use super::*;

    #[test]
    fn a_pending_account_is_told_by_a_word_of_its_own() {
        let problem = Problem::from(IdentityError::NotApproved);
        assert_eq!(
            (problem.code.to_ascii_lowercase().as_str(), refuse(&problem).status().as_u16()),
            ("account_not_approved", 403)
        );
    }

    #[test]
    fn what_the_life_of_a_ticket_does_not_allow_is_a_bad_request() {
        assert_eq!(refuse(&Problem::from(TicketError::AlreadyClaimed)).status(), StatusCode::BAD_REQUEST);
    }
}
