//! Why the program stops.

use std::fmt;

use helpdesk_domain::kernel::{Fault, Problem, StoreError, Violation};

/// Why the program stops: sentences for whoever runs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure(pub Vec<String>);

/// What may stop the program.
pub type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    /// For one reason.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(vec![sentence.into()])
    }

    /// Because something below failed: what was tried, and every cause down the chain.
    pub fn because(tried: &str, error: &dyn std::error::Error) -> Self {
        let mut sentence = format!("{tried}: {error}");
        let mut cause = error.source();
        while let Some(error) = cause {
            let text = error.to_string();
            if !sentence.contains(&text) {
                sentence = format!("{sentence}: {text}");
            }
            cause = error.source();
        }
        Self::new(sentence)
    }
}

/// A refusal of the domain: a sentence for each field at fault.
impl Failure {
    /// What was tried, and what is wrong with which field.
    pub fn refused<E: Fault + 'static>(tried: &str, error: &E) -> Self {
        let Some(violations) = error.violations() else { return Self::because(tried, error) };
        let sentence = |violation: &Violation| format!("{tried}: {} {}", violation.field, told(&violation.problem));
        Self(violations.0.iter().map(sentence).collect())
    }
}

fn told(problem: &Problem) -> String {
    match problem {
        Problem::Required | Problem::Null | Problem::Blank => "is required.".to_owned(),
        Problem::TooLong(most) => format!("has more than {most} characters."),
        Problem::TooShort(least) => format!("has fewer than {least} characters."),
        Problem::TooManyBytes(most) => format!("has more than {most} bytes."),
        Problem::Unknown(what) => format!("{what} does not exist."),
        Problem::NotAnEmail => "is not an e-mail address.".to_owned(),
        Problem::Taken => "is taken.".to_owned(),
        Problem::Other(sentence) => format!("is refused: {sentence}"),
        other => format!("is refused: {other:?}."),
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for Failure {}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::because("The database refused", &error)
    }
}
