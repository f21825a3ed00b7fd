//! The way to the external workflow: a webhook, signed as Standard Webhooks says (standardwebhooks.com).

use std::time::Duration;

use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use helpdesk_domain::identity::Organization;
use helpdesk_domain::kernel::Moment;
use helpdesk_domain::workflow::port::Workflow;
use helpdesk_domain::workflow::{DeliveryEntry, Refused};
use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, redirect};
use secrecy::{ExposeSecret, SecretString};
use standardwebhooks::{HEADER_WEBHOOK_ID, HEADER_WEBHOOK_SIGNATURE, HEADER_WEBHOOK_TIMESTAMP, Webhook, WebhookError};

/// How long one attempt may take.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(5);

/// Where the default organization's finished tickets go.
#[derive(Clone, Debug)]
pub struct WorkflowSettings {
    /// Slug of the organization.
    pub organization: String,
    /// The address that is posted to.
    pub url: String,
    /// What is signed with; unsigned without.
    pub secret: Option<SecretString>,
}

/// Why nothing can be sent.
#[derive(Debug, thiserror::Error)]
pub enum Unready {
    /// TLS cannot be had, or the system has no certificates.
    #[error("no requests can be made")]
    Client(#[from] reqwest::Error),
    /// The secret signs nothing.
    #[error("the secret cannot be used")]
    Secret(#[from] WebhookError),
}

/// Posts finished tickets to the workflow of the one organization that has one.
pub struct WorkflowWebhook(Option<Target>);

struct Target {
    organization: String,
    url: String,
    signer: Option<Webhook>,
    client: Client,
}

impl WorkflowWebhook {
    /// To that address. Does not connect yet.
    pub fn new(settings: Option<&WorkflowSettings>) -> Result<Self, Unready> {
        let Some(WorkflowSettings { organization, url, secret }) = settings else { return Ok(Self::none()) };
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .connect_timeout(CONNECT)
            .timeout(PATIENCE)
            .user_agent(concat!("Helpdesk/", env!("CARGO_PKG_VERSION")))
            .build()?;
        let signer = secret.as_ref().map(|secret| Webhook::from_bytes(key(secret.expose_secret()))).transpose()?;
        Ok(Self(Some(Target { organization: organization.clone(), url: url.clone(), signer, client })))
    }

    /// Where no organization has a workflow.
    pub const fn none() -> Self {
        Self(None)
    }
}

/// `whsec_` and base64, or the key itself.
fn key(secret: &str) -> Vec<u8> {
    let coded = secret.strip_prefix("whsec_").and_then(|coded| STANDARD.decode(coded).ok());
    coded.unwrap_or_else(|| secret.as_bytes().to_vec())
}

#[async_trait]
impl Workflow for WorkflowWebhook {
    fn serves(&self, organization: &Organization) -> bool {
        self.0.as_ref().is_some_and(|target| target.organization == organization.slug)
    }

    async fn hand_over(&self, entry: &DeliveryEntry, now: Moment) -> Result<(), Refused> {
        let target = self.0.as_ref().ok_or_else(|| Refused("no workflow is configured".to_owned()))?;
        let (id, timestamp, body) = (entry.delivery.id.to_string(), now.timestamp(), entry.delivery.body.as_str());
        let mut request =
            target.client.post(&target.url).header(CONTENT_TYPE, "application/json").header(HEADER_WEBHOOK_TIMESTAMP, timestamp);
        if let Some(signer) = &target.signer {
            let signature = signer.sign(&id, timestamp, body.as_bytes()).map_err(|error| Refused(error.to_string()))?;
            request = request.header(HEADER_WEBHOOK_SIGNATURE, signature);
        }
        let answer = request.header(HEADER_WEBHOOK_ID, id).body(body.to_owned()).send().await;
        match answer {
            Ok(answer) if answer.status().is_success() => Ok(()),
            Ok(answer) => Err(Refused(format!("the workflow answered {}", answer.status()))),
            // The address may carry a secret of the workflow's.
            Err(error) => Err(Refused(told(&error.without_url()))),
        }
    }
}

/// An error with its causes.
fn told(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |told, cause| format!("{told}: {cause}"))
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn a_secret_is_whsec_and_base64_or_the_key_itself() {
        assert_eq!(key("whsec_a2V5"), b"key");
        assert_eq!(key("a2V5"), b"a2V5");
        assert_eq!(key("whsec_not base64"), b"whsec_not base64");
    }
}
