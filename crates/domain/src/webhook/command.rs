//! What can be asked of webhooks. Text is as the client wrote it.

use crate::kernel::id::Target;

/// A new webhook.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct CreateWebhook {
    /// What it is called; required.
    pub name: Option<String>,
    /// The address that is posted to; required.
    pub url: Option<String>,
    /// What it is told of; everything when absent.
    pub events: Option<Vec<String>>,
    /// Whether it is told; yes when absent.
    pub is_active: Option<bool>,
    /// What is signed with; made when absent.
    pub secret: Option<String>,
}

/// Changes to a webhook; none leaves a field as it is.
#[derive(Clone, PartialEq, Eq)]
pub struct EditWebhook {
    /// Which.
    pub target: Target,
    /// The fields.
    pub fields: CreateWebhook,
}
