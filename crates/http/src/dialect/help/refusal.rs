//! How help says no: `{"message"}`, one sentence.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use helpdesk_domain::kernel::{Problem as FieldProblem, Violation};
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::Problem;

/// A refusal.
#[derive(Serialize, ToSchema)]
#[schema(as = Error)]
pub struct Refusal {
    /// A sentence.
    #[schema(example = "Help request title is required")]
    pub message: String,
}

/// The refusal. What the life of a request does not allow is a bad request here.
pub fn refuse(problem: &Problem) -> HttpResponse {
    let status = if problem.code == "INVALID_TRANSITION" { StatusCode::BAD_REQUEST } else { problem.status };
    let mut response = HttpResponse::build(status);
    if status == StatusCode::UNAUTHORIZED {
        response.insert_header(("WWW-Authenticate", "Bearer"));
    }
    response.json(Refusal { message: message(problem) })
}

fn message(problem: &Problem) -> String {
    if let Some(violation) = problem.violations.0.first() {
        return sentence(violation);
    }
    match problem.status {
        StatusCode::UNAUTHORIZED => "Valid token is required".to_owned(),
        StatusCode::FORBIDDEN => "Admin access required".to_owned(),
        _ => in_own_words(&problem.message),
    }
}

/// What the others call a ticket is a help request here.
fn in_own_words(message: &str) -> String {
    let message = message.trim_end_matches('.').replace("a ticket", "a help request").replace("A ticket", "A help request");
    match message.strip_prefix("Ticket") {
        Some(rest) => format!("Help request{rest}"),
        None => message,
    }
}

fn sentence(violation: &Violation) -> String {
    let field = name(&violation.field);
    match &violation.problem {
        FieldProblem::Required | FieldProblem::Null | FieldProblem::Blank => format!("{field} is required"),
        FieldProblem::TooLong(most) => format!("{field} must be at most {most} characters"),
        FieldProblem::TooMany(most) => format!("{field} must have at most {most} entries"),
        FieldProblem::TooManyBytes(most) => format!("{field} must be at most {most} bytes"),
        FieldProblem::BelowMinimum(least) => format!("{field} must be at least {least}"),
        FieldProblem::AboveMaximum(most) => format!("{field} must be at most {most}"),
        FieldProblem::WrongType(kind) => format!("{field} must be {} {kind}", article(kind)),
        FieldProblem::InvalidChoice(word) => format!("Invalid {}: {word}", field.to_lowercase()),
        FieldProblem::Unknown(reference) => format!("{field} not found: {reference}"),
        FieldProblem::NotAnEmail => format!("{field} must be a valid email address"),
        FieldProblem::NullCharacter => format!("{field} must not contain null characters"),
        FieldProblem::NotAssignable => "Help requests can only be assigned to an admin or a technician".to_owned(),
        FieldProblem::Other(sentence) => (*sentence).trim_end_matches('.').to_owned(),
        _ => format!("{field} is invalid"),
    }
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

/// A field, as a sentence begins.
fn name(field: &str) -> String {
    let known = match field {
        "title" => "Help request title",
        "description" => "Help request description",
        "response" => "Response text",
        "question" => "FAQ question",
        "answer" => "FAQ answer",
        "order" => "FAQ order",
        "q" => "Search query",
        "assigned_to" | "assigned_to_id" => "Assignee",
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    let mut words = field.replace('_', " ");
    if let Some(first) = words.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    words
}

#[cfg(test)]
mod tests {
    use helpdesk_domain::ticket::TicketError;

    use super::*;

    #[test]
    fn a_missing_field_is_named_as_in_the_seed() {
        let missing = Problem::field("title", FieldProblem::Required);
        assert_eq!(message(&missing), "Help request title is required");
    }

    #[test]
    fn a_refusal_says_what_is_missing() {
        assert_eq!(message(&Problem::unauthenticated("Given token not valid.")), "Valid token is required");
        assert_eq!(message(&Problem::from(TicketError::Forbidden)), "Admin access required");
        assert_eq!(message(&Problem::from(TicketError::NotFound)), "Help request not found");
    }
}
