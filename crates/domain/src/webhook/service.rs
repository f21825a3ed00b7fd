//! The use cases of webhooks.

use std::sync::Arc;

use super::command::{CreateWebhook, EditWebhook};
use super::port::{Endpoints, WebhookRepository};
use super::{EventFilter, Webhook, WebhookChange, WebhookError, WebhookState, WebhookView, policy};
use crate::delivery::port::Deliveries;
use crate::delivery::{DeliveryState, DeliveryView};
use crate::event::{CatalogChange, CatalogKind, Event};
use crate::kernel::actor::Actor;
use crate::kernel::clock::{Clock, Ids};
use crate::kernel::id::{Reference, Target, WebhookId};
use crate::kernel::page::{Page, PageRequest};
use crate::kernel::race;
use crate::kernel::text::Label;
use crate::kernel::violation::{Check, Problem, Violations};
use crate::work::{Changes, Outcome, UnitOfWork, Write};

/// The most webhooks that an organization has: every commit looks at them.
const MOST: u64 = 50;
/// The most characters of an address.
const MOST_CHARACTERS: usize = 2048;

/// What the use cases of webhooks need from outside.
#[derive(Clone)]
pub struct Webhooks {
    /// Webhooks.
    pub webhooks: Arc<dyn WebhookRepository>,
    /// What they were told.
    pub deliveries: Arc<dyn Deliveries>,
    /// Where they may be.
    pub endpoints: Arc<dyn Endpoints>,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Fresh identities.
    pub ids: Arc<dyn Ids>,
}

type Result<T> = std::result::Result<T, WebhookError>;

impl Webhooks {
    /// A part of the organization's webhooks.
    pub async fn list(&self, actor: &Actor, page: &PageRequest) -> Result<Page<WebhookView>> {
        policy::may_manage(actor)?;
        Ok(self.webhooks.page(actor.organization, page).await?)
    }

    /// One webhook.
    pub async fn read(&self, actor: &Actor, webhook: &Reference) -> Result<WebhookView> {
        let view = self.webhooks.view(actor.organization, webhook).await?.ok_or(WebhookError::NotFound)?;
        policy::may_manage(actor)?;
        Ok(view)
    }

    /// Makes a webhook; answers its secret too, which is not shown again.
    pub async fn create(&self, actor: &Actor, command: CreateWebhook) -> Result<(WebhookView, String)> {
        policy::may_manage(actor)?;
        let WebhookChange { name, url, events, is_active, secret } = self.checked(&command, true).await?;
        let (Some(name), Some(url)) = (name, url) else { return Err(Violations::one("name", Problem::Required).into()) };
        if self.webhooks.count(actor.organization).await? >= MOST {
            return Err(WebhookError::TooMany);
        }
        let now = self.clock.now();
        let webhook = Webhook::new(WebhookState {
            id: WebhookId(self.ids.next()),
            organization: actor.organization,
            name,
            url,
            events: events.unwrap_or_else(|| vec![EventFilter::trusted("*".to_owned())]),
            is_active: is_active.unwrap_or(true),
            secret: secret.unwrap_or_else(|| self.endpoints.fresh_secret()),
            disabled_reason: None,
            created_at: now,
            updated_at: now,
            revision: 1,
        });
        let (id, secret, event) = (webhook.id, webhook.secret.clone(), self.event(actor, &webhook, CatalogChange::Created));
        let changes = Changes::by(actor).with(Write::AddWebhook(Box::new(webhook)), [event]);
        self.work.commit(changes.showing(Outcome { kind: "webhook", id: id.0, parent: None, created: true })).await?;
        Ok((self.read(actor, &id.into()).await?, secret))
    }

    /// Changes a webhook. A change that changes nothing records nothing.
    pub async fn edit(&self, actor: &Actor, command: EditWebhook) -> Result<WebhookView> {
        let id = race::settle(command.target.may_retry(), async || self.edit_once(actor, &command).await).await?;
        self.read(actor, &id.into()).await
    }

    async fn edit_once(&self, actor: &Actor, command: &EditWebhook) -> Result<WebhookId> {
        let mut webhook = self.get(actor, &command.target).await?;
        let same = command.fields.url.as_deref() == Some(webhook.url.as_str());
        let url = command.fields.url.clone().filter(|_| !same);
        let change = self.checked(&CreateWebhook { url, ..command.fields.clone() }, false).await?;
        let id = webhook.id;
        if webhook.change(change, self.clock.now()) {
            let event = self.event(actor, &webhook, CatalogChange::Updated);
            self.work.commit(Changes::by(actor).with(Write::SaveWebhook(Box::new(webhook)), [event])).await?;
        }
        Ok(id)
    }

    /// Removes a webhook. What it was still to be told is told no more.
    pub async fn delete(&self, actor: &Actor, target: &Target) -> Result<()> {
        race::settle(target.may_retry(), async || {
            let webhook = self.get(actor, target).await?;
            let event = self.event(actor, &webhook, CatalogChange::Deleted);
            let write = Write::DeleteWebhook(webhook.id, webhook.revision);
            Ok(self.work.commit(Changes::by(actor).with(write, [event])).await?)
        })
        .await
    }

    /// A part of what a webhook was told, or is to be told.
    pub async fn deliveries(
        &self,
        actor: &Actor,
        webhook: &Reference,
        state: Option<DeliveryState>,
        page: &PageRequest,
    ) -> Result<Page<DeliveryView>> {
        let webhook = self.read(actor, webhook).await?.webhook;
        Ok(self.deliveries.page(actor.organization, webhook.id, state, page).await?)
    }

    /// Tells a webhook once more what it was told, under the same id.
    pub async fn redeliver(&self, actor: &Actor, webhook: &Reference, delivery: &Reference) -> Result<DeliveryView> {
        let webhook = self.read(actor, webhook).await?.webhook;
        let found = self.deliveries.find(actor.organization, webhook.id, delivery).await?.ok_or(WebhookError::NoDelivery)?;
        if !webhook.is_active {
            return Err(WebhookError::Paused);
        }
        self.deliveries.retry(Some(found.id), self.clock.now()).await?;
        let outcome = Outcome { kind: "delivery", id: found.id.0, parent: Some(webhook.id.0), created: false };
        self.work.commit(Changes::by(actor).showing(outcome)).await?;
        self.delivery(actor, &webhook.id.into(), &found.id.into()).await
    }

    /// One of them.
    pub async fn delivery(&self, actor: &Actor, webhook: &Reference, delivery: &Reference) -> Result<DeliveryView> {
        let webhook = self.read(actor, webhook).await?.webhook;
        self.deliveries.find(actor.organization, webhook.id, delivery).await?.ok_or(WebhookError::NoDelivery)
    }

    async fn get(&self, actor: &Actor, target: &Target) -> Result<Webhook> {
        let webhook = self.webhooks.find(actor.organization, &target.reference).await?.ok_or(WebhookError::NotFound)?;
        policy::may_manage(actor)?;
        target.allows(webhook.revision)?;
        Ok(webhook)
    }

    async fn checked(&self, given: &CreateWebhook, is_new: bool) -> Result<WebhookChange> {
        let CreateWebhook { name, url, events, is_active, secret } = given;
        let mut check = Check::new();
        let parsed = name.as_deref().map(Label::parse);
        let name = if is_new { check.required("name", parsed) } else { check.optional("name", parsed) };
        let parsed = match url {
            Some(url) => Some(self.url(url).await),
            None => None,
        };
        let url = if is_new { check.required("url", parsed) } else { check.optional("url", parsed) };
        let events = check.optional("events", events.as_deref().map(filters));
        let secret = check.optional("secret", secret.as_deref().map(|secret| self.secret(secret)));
        check.done()?;
        Ok(WebhookChange { name, url, events, is_active: *is_active, secret })
    }

    async fn url(&self, url: &str) -> std::result::Result<String, Problem> {
        let url = url.trim();
        if url.is_empty() {
            return Err(Problem::Blank);
        }
        if url.chars().count() > MOST_CHARACTERS {
            return Err(Problem::TooLong(MOST_CHARACTERS));
        }
        self.endpoints.check(url).await.map(|()| url.to_owned())
    }

    fn secret(&self, secret: &str) -> std::result::Result<String, Problem> {
        let is_good = self.endpoints.is_secret(secret);
        let problem = Problem::Other("A secret is `whsec_` and the base64 of 24 to 64 bytes.");
        if is_good { Ok(secret.to_owned()) } else { Err(problem) }
    }

    fn event(&self, actor: &Actor, webhook: &Webhook, change: CatalogChange) -> Event {
        Event::of_catalog(CatalogKind::Webhook, webhook.id.0, actor, self.clock.now(), change, webhook.name.as_str())
    }
}

fn filters(words: &[String]) -> std::result::Result<Vec<EventFilter>, Problem> {
    match words.len() {
        0 => Err(Problem::Blank),
        count if count > EventFilter::MOST => Err(Problem::TooMany(EventFilter::MOST)),
        _ => words.iter().map(|word| EventFilter::parse(word)).collect(),
    }
}
