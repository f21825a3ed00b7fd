//! Webhooks, as clients write them.

use helpdesk_domain::kernel::id::Target;
use helpdesk_domain::webhook::command::{CreateWebhook, EditWebhook};
use serde::Deserialize;
use utoipa::ToSchema;

/// A webhook to make or to change; absent fields stay.
#[derive(Default, Deserialize, ToSchema)]
pub struct WebhookBody {
    /// What it is called; required to make one.
    #[schema(max_length = 100)]
    pub name: Option<String>,
    /// The address that is posted to; required to make one. Private and loopback addresses are refused.
    #[schema(max_length = 2048, example = "https://example.com/hooks/helpdesk")]
    pub url: Option<String>,
    /// Types of events: `*` (when absent), all of a kind (`ticket.*`), or one (`ticket.created`).
    #[schema(max_items = 50, example = json!(["ticket.*", "user.created"]))]
    pub events: Option<Vec<String>>,
    /// Whether it is told; `true` when absent. `true` resumes one that was paused.
    pub is_active: Option<bool>,
    /// What is signed with: `whsec_` and the base64 of 24 to 64 bytes; made when absent.
    pub secret: Option<String>,
}

impl WebhookBody {
    /// To be made.
    pub fn into_command(self) -> CreateWebhook {
        let Self { name, url, events, is_active, secret } = self;
        CreateWebhook { name, url, events, is_active, secret }
    }

    /// To be changed.
    pub fn into_edit(self, target: Target) -> EditWebhook {
        EditWebhook { target, fields: self.into_command() }
    }
}
