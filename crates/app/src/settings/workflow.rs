//! The external workflow.

use secrecy::SecretString;

use super::reading::Reading;

/// The external workflow that finished tickets of the default organization go to.
#[derive(Debug)]
pub struct Workflow {
    /// The address that is posted to; without one nothing can be finalized.
    pub url: Option<String>,
    /// What is signed with.
    pub secret: Option<SecretString>,
}

impl Workflow {
    pub(super) fn read(reading: &mut Reading) -> Self {
        let url = reading.url("WORKFLOW_WEBHOOK_URL", &["http://", "https://"]);
        Self { url, secret: reading.secret("WORKFLOW_WEBHOOK_SECRET") }
    }
}
