//! What webhooks need from outside.

use async_trait::async_trait;

use super::{Webhook, WebhookView};
use crate::kernel::fault::StoreError;
use crate::kernel::id::{OrganizationId, Reference};
use crate::kernel::page::{Page, PageRequest};
use crate::kernel::violation::Problem;

/// Stored webhooks. Each is found by id or serial.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait WebhookRepository: Send + Sync {
    /// The webhook.
    async fn find(&self, organization: OrganizationId, webhook: &Reference) -> Result<Option<Webhook>, StoreError>;
    /// The webhook, shown.
    async fn view(&self, organization: OrganizationId, webhook: &Reference) -> Result<Option<WebhookView>, StoreError>;
    /// A part of the organization's webhooks, newest first.
    async fn page(&self, organization: OrganizationId, page: &PageRequest) -> Result<Page<WebhookView>, StoreError>;
    /// How many the organization has.
    async fn count(&self, organization: OrganizationId) -> Result<u64, StoreError>;
}

/// Addresses that messages are sent to, and what they are signed with.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait Endpoints: Send + Sync {
    /// Whether messages may be sent there, as far as can be told now: an `http` or `https` address, and none that only
    /// the server itself can reach. What it resolves to is looked at again whenever something is sent.
    async fn check(&self, url: &str) -> Result<(), Problem>;
    /// Whether messages can be signed with that: `whsec_` and the base64 of 24 to 64 bytes.
    fn is_secret(&self, secret: &str) -> bool;
    /// A secret that nobody had before and nobody guesses.
    fn fresh_secret(&self) -> String;
}
