//! A webhook.

use std::ops::Deref;

use super::EventFilter;
use crate::kernel::clock::Moment;
use crate::kernel::id::{OrganizationId, Revision, WebhookId};
use crate::kernel::text::Label;

/// All that is kept of a webhook.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookState {
    /// Identity.
    pub id: WebhookId,
    /// Tenant.
    pub organization: OrganizationId,
    /// What it is called.
    pub name: Label,
    /// The address that is posted to.
    pub url: String,
    /// What it is told of.
    pub events: Vec<EventFilter>,
    /// Whether it is told.
    pub is_active: bool,
    /// What is signed with: `whsec_` and base64.
    pub secret: String,
    /// Why it was paused, where nobody chose to.
    pub disabled_reason: Option<String>,
    /// Made.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often written.
    pub revision: Revision,
}

/// The secret stays untold.
impl std::fmt::Debug for WebhookState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WebhookState").field("id", &self.id).field("url", &self.url).finish_non_exhaustive()
    }
}

/// A webhook. Changed through its verbs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook(WebhookState);

/// What is to change; none leaves a field as it is.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct WebhookChange {
    /// What it is called.
    pub name: Option<Label>,
    /// The address that is posted to.
    pub url: Option<String>,
    /// What it is told of.
    pub events: Option<Vec<EventFilter>>,
    /// Whether it is told.
    pub is_active: Option<bool>,
    /// What is signed with.
    pub secret: Option<String>,
}

impl Deref for Webhook {
    type Target = WebhookState;

    fn deref(&self) -> &WebhookState {
        &self.0
    }
}

impl Webhook {
    /// A new one, or one as it was stored.
    pub fn new(state: WebhookState) -> Self {
        Self(state)
    }

    /// Applies the change; tells whether anything is otherwise now. To be told again forgives what went wrong.
    pub fn change(&mut self, change: WebhookChange, now: Moment) -> bool {
        let WebhookChange { name, url, events, is_active, secret } = change;
        let before = self.0.clone();
        let state = &mut self.0;
        state.name = name.unwrap_or_else(|| before.name.clone());
        state.url = url.unwrap_or_else(|| before.url.clone());
        state.events = events.unwrap_or_else(|| before.events.clone());
        state.secret = secret.unwrap_or_else(|| before.secret.clone());
        state.is_active = is_active.unwrap_or(before.is_active);
        if is_active.is_some() {
            state.disabled_reason = None;
        }
        if *state == before {
            return false;
        }
        state.updated_at = now;
        true
    }

    /// Pauses it because nobody takes what it is told; tells whether it was told until now.
    pub fn give_up(&mut self, reason: &str, now: Moment) -> bool {
        let was_active = std::mem::replace(&mut self.0.is_active, false);
        if was_active {
            self.0.disabled_reason = Some(reason.to_owned());
            self.0.updated_at = now;
        }
        was_active
    }
}
