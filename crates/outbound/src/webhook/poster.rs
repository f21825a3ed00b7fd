//! Posts messages.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use helpdesk_domain::delivery::port::Carrier;
use helpdesk_domain::delivery::{Answer, DeliveryEntry, Destination, Refused};
use helpdesk_domain::kernel::Moment;
use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, ClientBuilder, Response, Url, redirect};
use standardwebhooks::{HEADER_WEBHOOK_ID, HEADER_WEBHOOK_SIGNATURE, HEADER_WEBHOOK_TIMESTAMP, Webhook};

use super::address::{Private, PublicOnly, is_public};
use super::key;

/// How long one attempt may take, the answer included.
const PATIENCE: Duration = Duration::from_secs(15);
/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(5);
/// As much is read of an answer.
const MOST_BYTES: usize = 1024;

/// Why nothing can be sent.
#[derive(Debug, thiserror::Error)]
#[error("no requests can be made")]
pub struct Unready(#[from] reqwest::Error);

/// Posts messages, each signed with its destination's secret.
pub struct Poster {
    /// Goes where the operator wants.
    trusted: Client,
    /// Goes to public addresses alone; none where all are allowed.
    guarded: Option<Client>,
}

impl Poster {
    /// Does not connect yet.
    pub fn new(allow_private: bool) -> Result<Self, Unready> {
        // A proxy would look names up for itself.
        let guarded = || client().no_proxy().dns_resolver(Arc::new(PublicOnly)).build();
        let guarded = if allow_private { None } else { Some(guarded()?) };
        Ok(Self { trusted: client().build()?, guarded })
    }

    /// What may go there.
    fn client(&self, to: &Destination) -> Result<&Client, Refused> {
        let Some(guarded) = self.guarded.as_ref().filter(|_| !to.is_trusted) else { return Ok(&self.trusted) };
        let url = Url::parse(&to.url).map_err(|error| silent(error.to_string()))?;
        let host = url.host_str().unwrap_or_default();
        let literal = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        // An address that is written out is never looked up.
        if literal.is_ok_and(|address| !is_public(address)) { Err(silent(Private.to_string())) } else { Ok(guarded) }
    }
}

fn client() -> ClientBuilder {
    Client::builder()
        .redirect(redirect::Policy::none())
        .connect_timeout(CONNECT)
        .timeout(PATIENCE)
        .pool_max_idle_per_host(4)
        .user_agent(concat!("Helpdesk/", env!("CARGO_PKG_VERSION")))
}

#[async_trait]
impl Carrier for Poster {
    async fn carry(&self, entry: &DeliveryEntry, to: &Destination, now: Moment) -> Result<u16, Refused> {
        let (id, timestamp, body) = (entry.delivery.id.to_string(), now.timestamp(), entry.delivery.body.as_str());
        let mut request = self.client(to)?.post(&to.url).header(CONTENT_TYPE, "application/json");
        if let Some(secret) = &to.secret {
            let signer = Webhook::from_bytes(key(secret)).map_err(|error| silent(error.to_string()))?;
            let signature = signer.sign(&id, timestamp, body.as_bytes()).map_err(|error| silent(error.to_string()))?;
            request = request.header(HEADER_WEBHOOK_SIGNATURE, signature);
        }
        let request = request.header(HEADER_WEBHOOK_ID, id).header(HEADER_WEBHOOK_TIMESTAMP, timestamp).body(body.to_owned());
        match request.send().await {
            Ok(answer) if answer.status().is_success() => Ok(answer.status().as_u16()),
            Ok(answer) => Err(refused(answer).await),
            // The address may carry a secret of the recipient's.
            Err(error) => Err(silent(told(&error.without_url()))),
        }
    }
}

/// Nothing was answered.
fn silent(reason: String) -> Refused {
    Refused { reason, answer: None }
}

async fn refused(mut answer: Response) -> Refused {
    let status = answer.status();
    let mut body = Vec::new();
    while let Ok(Some(part)) = answer.chunk().await {
        body.extend_from_slice(&part);
        if body.len() >= MOST_BYTES {
            break;
        }
    }
    body.truncate(MOST_BYTES);
    let body = String::from_utf8_lossy(&body).replace('\0', "");
    Refused { reason: format!("answered {status}"), answer: Some(Answer { status: status.as_u16(), body }) }
}

/// An error with its causes.
fn told(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |told, cause| format!("{told}: {cause}")).replace('\0', "")
}
