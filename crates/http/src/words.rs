//! What is wrong with a field, in the words of Django REST Framework, which three of the dialects come from.

use std::collections::BTreeMap;

use helpdesk_domain::kernel::{Problem, Violations};

/// The sentences by field.
pub fn details(violations: &Violations, choice: fn(&str) -> String) -> BTreeMap<String, Vec<String>> {
    let fields = violations.by_field().into_iter();
    fields
        .map(|(field, problems)| (field.to_owned(), problems.into_iter().map(|problem| sentence(problem, choice)).collect()))
        .collect()
}

fn sentence(problem: &Problem, choice: fn(&str) -> String) -> String {
    match problem {
        Problem::Required => "This field is required.".to_owned(),
        Problem::Null => "This field may not be null.".to_owned(),
        Problem::Blank => "This field may not be blank.".to_owned(),
        Problem::TooLong(max) => format!("Ensure this field has no more than {max} characters."),
        Problem::TooShort(min) => format!("Ensure this field has at least {min} characters."),
        Problem::TooMany(max) => format!("Ensure this field has no more than {max} elements."),
        Problem::TooManyBytes(max) => format!("Ensure this field has no more than {max} bytes."),
        Problem::BelowMinimum(min) => format!("Ensure this value is greater than or equal to {min}."),
        Problem::AboveMaximum(max) => format!("Ensure this value is less than or equal to {max}."),
        Problem::TooManyDecimals(most) => format!("Ensure that there are no more than {most} decimal places."),
        Problem::WrongType(kind) => wrong_type(kind),
        Problem::InvalidChoice(word) => choice(word),
        Problem::Unknown(reference) => format!("Invalid reference \"{reference}\" - object does not exist."),
        Problem::NotAnEmail => "Enter a valid email address.".to_owned(),
        Problem::NotAColor => "Enter a valid color like #1a2b3c.".to_owned(),
        Problem::NullCharacter => "Null characters are not allowed.".to_owned(),
        Problem::Taken => "This value is already taken.".to_owned(),
        Problem::NotAssignable => "This user cannot be assigned tickets.".to_owned(),
        Problem::Mismatch => "The two entries do not match.".to_owned(),
        Problem::Part(name, problem) => format!("{name}: {}", sentence(problem, choice)),
        Problem::Other(sentence) => (*sentence).to_owned(),
        _ => "Invalid value.".to_owned(),
    }
}

fn wrong_type(kind: &str) -> String {
    match kind {
        "string" => "Not a valid string.".to_owned(),
        "boolean" => "Must be a valid boolean.".to_owned(),
        "integer" => "A valid integer is required.".to_owned(),
        "number" => "A valid number is required.".to_owned(),
        "list" => "Expected a list of items.".to_owned(),
        "object" => "Expected an object.".to_owned(),
        "datetime" => "Datetime has wrong format. Use ISO 8601, e.g. 2025-10-13T10:30:00Z.".to_owned(),
        "date" => "Date has wrong format. Use YYYY-MM-DD.".to_owned(),
        other => format!("Expected a valid {other}."),
    }
}
