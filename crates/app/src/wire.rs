//! The store, the adapters, and the use cases over them.

mod automation;
mod field_service;
mod identity;
mod knowledge;
mod relations;
mod routing;
mod sandbox;
mod sla;
mod webhook;

use std::fs;
use std::sync::Arc;

use helpdesk_domain::analytics::Analytics;
use helpdesk_domain::attachment::port::Addresses;
use helpdesk_domain::attachment::{Files, Portraits};
use helpdesk_domain::audit::AuditLog;
use helpdesk_domain::delivery::Destination;
use helpdesk_domain::event::{EventLog, Projection, Projector};
use helpdesk_domain::filter::SavedFilters;
use helpdesk_domain::identity::command::FoundOrganization;
use helpdesk_domain::identity::port::{OrganizationRepository, PasswordHasher, Secrets};
use helpdesk_domain::kernel::{Clock, Ids, Reference};
use helpdesk_domain::mail::{MailPreferences, Post, TicketNews};
use helpdesk_domain::notification::{NotificationNews, NotificationPreferences, Notifications};
use helpdesk_domain::realtime::{Connections, LiveFeed};
use helpdesk_domain::taxonomy::Taxonomy;
use helpdesk_domain::template::Templates;
use helpdesk_domain::ticket::service::Tickets;
use helpdesk_domain::workflow::Workflows;
use helpdesk_http::{Desk, RESET_PASSWORD, SandboxClock, UNSUBSCRIBE};
use helpdesk_outbound::mail::{Composer, Links, Smtp};
use helpdesk_outbound::{
    Bcrypt, Contents, Images, Inspector, KeyedSecrets, PublicLinks, Redis, SignedLinks, SystemClock, UuidIds,
};
use helpdesk_persistence::{Options, Store};
use secrecy::{ExposeSecret, SecretString};

use crate::failure::{Failure, Result};
use crate::settings::Settings;

/// The database of an installation, and where its time and its ids come from.
#[derive(Clone)]
pub struct Installation {
    /// The database.
    pub store: Store,
    /// The time, as it is for whoever acts: somebody of a sandbox lives in its own.
    pub clock: Arc<dyn Clock>,
    /// The time of the machine: credentials live by it.
    pub real_clock: Arc<dyn Clock>,
    /// Fresh identities.
    pub ids: Arc<dyn Ids>,
}

impl Installation {
    /// Opens the database, at the time of the machine.
    pub async fn open(settings: &Settings) -> Result<Self> {
        Self::at(settings, Arc::new(SystemClock)).await
    }

    /// Opens the database, at the time of that clock.
    pub async fn at(settings: &Settings, clock: Arc<dyn Clock>) -> Result<Self> {
        let folder = &settings.database.folder;
        let tried = format!("The data folder {} cannot be made", folder.display());
        fs::create_dir_all(folder).map_err(|error| Failure::because(&tried, &error))?;
        let ids: Arc<dyn Ids> = Arc::new(UuidIds::new(Arc::clone(&clock)));
        let url = settings.database.url.expose_secret().to_owned();
        let options = Options { url, connections: settings.database.connections };
        let store = Store::open(&options, Arc::clone(&clock), Arc::clone(&ids)).await;
        let store = store.map_err(|error| Failure::because("The database (DATABASE_URL) cannot be opened", &error))?;
        Ok(Self::of(store, clock, ids))
    }

    /// Over a database that is open, at the time of that clock.
    pub fn of(store: Store, clock: Arc<dyn Clock>, ids: Arc<dyn Ids>) -> Self {
        Self { store, clock: Arc::new(SandboxClock::over(Arc::clone(&clock))), real_clock: clock, ids }
    }

    /// Makes the organization that people join who name none, unless it is there.
    pub async fn ensure_default_organization(&self, settings: &Settings) -> Result<()> {
        let slug = &settings.default_organization;
        if self.store.find(&Reference::Name(slug.clone())).await?.is_some() {
            return Ok(());
        }
        let command =
            FoundOrganization { slug: Some(slug.clone()), name: Some("Help Desk".to_owned()), domain: None, time_zone: None };
        let made = self.accounts(settings)?.found(command).await;
        made.map_err(|error| Failure::refused("The default organization (DEFAULT_ORGANIZATION) cannot be made", &error))?;
        Ok(())
    }

    /// The use cases of tickets, finished ones handed to those workflows.
    pub fn tickets(&self, workflows: Workflows, addresses: Arc<dyn Addresses>) -> Tickets {
        let store = Arc::new(self.store.clone());
        Tickets {
            tickets: store.clone(),
            reader: store.clone(),
            taxonomy: store.clone(),
            people: store.clone(),
            organizations: store.clone(),
            workflows,
            addresses,
            work: store,
            clock: Arc::clone(&self.clock),
            ids: Arc::clone(&self.ids),
        }
    }

    /// The use cases of categories, tags and departments.
    pub fn taxonomy(&self) -> Taxonomy {
        let store = Arc::new(self.store.clone());
        Taxonomy::new(store.clone(), store, Arc::clone(&self.clock), Arc::clone(&self.ids))
    }

    /// The use cases of figures.
    fn analytics(&self, tickets: Tickets) -> Analytics {
        let store = Arc::new(self.store.clone());
        Analytics { reader: store.clone(), tickets, organizations: store, clock: Arc::clone(&self.clock) }
    }

    /// The use cases of response templates.
    pub fn templates(&self) -> Templates {
        let store = Arc::new(self.store.clone());
        let (clock, ids) = (Arc::clone(&self.clock), Arc::clone(&self.ids));
        Templates { templates: store.clone(), work: store, clock, ids }
    }

    /// The use cases of saved filters.
    pub fn filters(&self) -> SavedFilters {
        let store = Arc::new(self.store.clone());
        let (clock, ids) = (Arc::clone(&self.clock), Arc::clone(&self.ids));
        SavedFilters { filters: store.clone(), work: store, clock, ids }
    }

    /// The use cases of files.
    fn files(&self, settings: &Settings, key: &SecretString) -> Result<Files> {
        let store = Arc::new(self.store.clone());
        let contents = Contents::open(&settings.storage);
        let contents = contents.map_err(|error| Failure::because("The place of files (STORAGE_URL) cannot be opened", &error))?;
        Ok(Files {
            files: store.clone(),
            ledger: store.clone(),
            contents: Arc::new(contents),
            inspector: Arc::new(Inspector),
            signer: Arc::new(SignedLinks::new(key)),
            tickets: store.clone(),
            people: store.clone(),
            work: store,
            clock: Arc::clone(&self.clock),
            ids: Arc::clone(&self.ids),
        })
    }

    /// What tells of tickets by mail.
    pub fn ticket_news(&self) -> Projector {
        let (clock, ids) = (Arc::clone(&self.clock), Arc::clone(&self.ids));
        let store = Arc::new(self.store.clone());
        self.projector(TicketNews { people: store.clone(), conversations: store, clock, ids })
    }

    /// What tells of everything in the desk.
    pub fn notification_news(&self) -> Projector {
        self.projector(NotificationNews { audience: Arc::new(self.store.clone()), ids: Arc::clone(&self.ids) })
    }

    fn projector(&self, projection: impl Projection + 'static) -> Projector {
        let store = Arc::new(self.store.clone());
        Projector::new(store.clone(), store, Arc::new(projection))
    }

    /// What sends mails, where there is a mail server.
    pub fn post(&self, settings: &Settings, public_url: &str) -> Result<Option<Post>> {
        let Some(smtp) = &settings.mail.smtp else { return Ok(None) };
        let way = Smtp::new(smtp, composer(settings, public_url)?);
        let way = way.map_err(|error| Failure::because("Mails cannot be sent (MAIL_SERVER, MAIL_FROM)", &error))?;
        let store = Arc::new(self.store.clone());
        let (carrier, clock) = (Arc::new(way), Arc::clone(&self.real_clock));
        Ok(Some(Post { outbox: store.clone(), conversations: store, carrier, clock }))
    }

    /// Redis, where it is set. It is connected to in the background; nothing waits for it.
    pub fn redis(&self, settings: &Settings) -> Result<Option<Arc<Redis>>> {
        let Some(url) = &settings.redis else { return Ok(None) };
        let redis = Redis::connect(url.expose_secret());
        let redis = redis.map_err(|error| Failure::because("Redis (REDIS_URL) cannot be used", &error))?;
        Ok(Some(Arc::new(redis)))
    }

    /// The use cases of being connected.
    fn connections(&self, settings: &Settings) -> Result<Connections> {
        let store = Arc::new(self.store.clone());
        let (secrets, clock) = (secrets(settings)?, Arc::clone(&self.real_clock));
        Ok(Connections { people: store.clone(), connections: store.clone(), secrets, work: store, clock })
    }

    /// All use cases, for those who come over HTTP, to a server that is reached at `public_url`.
    pub fn desk(&self, settings: &Settings, public_url: &str) -> Result<Desk> {
        let store = Arc::new(self.store.clone());
        let passwords: Arc<dyn PasswordHasher> = Arc::new(Bcrypt::new(settings.login.bcrypt_cost)?);
        let key = settings.signing_key()?;
        let files = self.files(settings, &key)?;
        let tickets = self.tickets(workflows(settings), addresses(&key, public_url));
        Ok(Desk {
            links: self.links(),
            transfers: self.transfers(),
            satisfaction: self.satisfaction(),
            privacy: self.privacy(),
            analytics: self.analytics(tickets.clone()),
            tickets,
            passwords: self.passwords(settings, Arc::clone(&passwords))?,
            api_keys: self.api_keys(settings)?,
            mail_preferences: MailPreferences { people: store.clone(), secrets: secrets(settings)?, work: store.clone() },
            logins: self.logins(settings, Arc::clone(&passwords), &key)?,
            accounts: self.accounts_with(settings, passwords)?,
            taxonomy: self.taxonomy(),
            portraits: Portraits { files: files.clone(), editor: Arc::new(Images::default()) },
            files,
            templates: self.templates(),
            sandboxes: self.sandboxes(),
            service_levels: self.service_levels(),
            routing: self.routing(),
            filters: self.filters(),
            notifications: Notifications { notifications: store.clone(), work: store.clone(), clock: Arc::clone(&self.clock) },
            notification_preferences: NotificationPreferences { notifications: store.clone(), work: store.clone() },
            work_orders: self.work_orders(),
            customers: self.customers(),
            locations: self.locations(),
            faqs: self.faqs(settings),
            articles: self.articles(settings),
            article_categories: self.article_categories(settings),
            suggestions: self.suggestions(),
            webhooks: self.webhooks(settings),
            rules: self.rules(),
            macros: self.macros(),
            events: EventLog::new(store.clone()),
            audit: AuditLog::new(store.clone()),
            live: LiveFeed {
                events: store.clone(),
                participants: store.clone(),
                tickets: store.clone(),
                conversations: store.clone(),
            },
            connections: self.connections(settings)?,
            signals: store.clone(),
            idempotency: store,
            clock: Arc::clone(&self.clock),
        })
    }
}

/// Secrets made from the key that tokens are signed with.
fn secrets(settings: &Settings) -> Result<Arc<dyn Secrets>> {
    Ok(Arc::new(KeyedSecrets::new(settings.signing_key()?)))
}

/// Addresses of contents at a server that is reached there.
pub fn addresses(key: &SecretString, public_url: &str) -> Arc<dyn Addresses> {
    Arc::new(PublicLinks { public_url: public_url.to_owned(), links: SignedLinks::new(key) })
}

/// The external workflow of the default organization.
fn workflows(settings: &Settings) -> Workflows {
    let secret = settings.workflow.secret.as_ref().map(|secret| secret.expose_secret().to_owned());
    let destination = settings.workflow.url.clone().map(|url| Destination { url, secret, is_trusted: true });
    Workflows { chosen: destination.map(|destination| (settings.default_organization.clone(), destination)) }
}

/// What writes the letters of a desk that is served at `public_url`.
pub fn composer(settings: &Settings, public_url: &str) -> Result<Composer> {
    let reset = settings.login.password_reset_url.clone();
    let links = Links {
        public_url: public_url.to_owned(),
        password_reset_url: reset.unwrap_or_else(|| format!("{public_url}{RESET_PASSWORD}")),
        unsubscribe_url: format!("{public_url}{UNSUBSCRIBE}"),
    };
    let made = Composer::new(secrets(settings)?, links);
    made.map_err(|error| Failure::because("The templates of mails cannot be read", &error))
}
