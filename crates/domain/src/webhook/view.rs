//! Webhooks, shown.

use super::Webhook;
use crate::kernel::id::Serial;

/// A webhook, shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebhookView {
    /// The webhook.
    pub webhook: Webhook,
    /// Its integer.
    pub serial: Serial,
}
