//! Why the program stops.

use std::fmt;

use helpdesk_domain::kernel::StoreError;

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
