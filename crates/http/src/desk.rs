//! Everything that can be asked of the domain, in one hand.

use std::sync::Arc;

use helpdesk_domain::analytics::Analytics;
use helpdesk_domain::attachment::{Files, Portraits};
use helpdesk_domain::audit::AuditLog;
use helpdesk_domain::automation::{Macros, Rules};
use helpdesk_domain::event::EventLog;
use helpdesk_domain::field_service::{Customers, Locations, WorkOrders};
use helpdesk_domain::filter::SavedFilters;
use helpdesk_domain::idempotency::IdempotencyRepository;
use helpdesk_domain::identity::{Accounts, ApiKeys, Logins, Passwords};
use helpdesk_domain::kernel::Clock;
use helpdesk_domain::knowledge::{ArticleCategories, Articles, Faqs, Suggestions};
use helpdesk_domain::link::Links;
use helpdesk_domain::mail::MailPreferences;
use helpdesk_domain::notification::{NotificationPreferences, Notifications};
use helpdesk_domain::privacy::Privacy;
use helpdesk_domain::realtime::port::Signals;
use helpdesk_domain::realtime::{Connections, LiveFeed};
use helpdesk_domain::routing::Routing;
use helpdesk_domain::sandbox::Sandboxes;
use helpdesk_domain::satisfaction::Satisfaction;
use helpdesk_domain::sla::ServiceLevels;
use helpdesk_domain::taxonomy::Taxonomy;
use helpdesk_domain::template::Templates;
use helpdesk_domain::ticket::Tickets;
use helpdesk_domain::transfer::Transfers;
use helpdesk_domain::webhook::Webhooks;

/// The use cases that the dialects translate.
#[derive(Clone)]
pub struct Desk {
    /// Tickets.
    pub tickets: Tickets,
    /// How they belong together.
    pub links: Links,
    /// Merging and splitting them.
    pub transfers: Transfers,
    /// How content their requesters are.
    pub satisfaction: Satisfaction,
    /// Accounts.
    pub accounts: Accounts,
    /// Logins.
    pub logins: Logins,
    /// Keys for programs.
    pub api_keys: ApiKeys,
    /// Passwords.
    pub passwords: Passwords,
    /// Which mails people want.
    pub mail_preferences: MailPreferences,
    /// Categories, tags and departments.
    pub taxonomy: Taxonomy,
    /// Files.
    pub files: Files,
    /// Pictures of people.
    pub portraits: Portraits,
    /// Response templates.
    pub templates: Templates,
    /// Sandboxes.
    pub sandboxes: Sandboxes,
    /// Service levels.
    pub service_levels: ServiceLevels,
    /// Who takes which tickets.
    pub routing: Routing,
    /// Questions to the ticket list that are kept.
    pub filters: SavedFilters,
    /// What people are told in the desk.
    pub notifications: Notifications,
    /// Which of it they want.
    pub notification_preferences: NotificationPreferences,
    /// Work on site.
    pub work_orders: WorkOrders,
    /// Whom it is done for.
    pub customers: Customers,
    /// Where it is done.
    pub locations: Locations,
    /// Questions that are often asked.
    pub faqs: Faqs,
    /// Articles of the knowledge base.
    pub articles: Articles,
    /// Where articles stand.
    pub article_categories: ArticleCategories,
    /// What may help with a ticket.
    pub suggestions: Suggestions,
    /// What is kept of people.
    pub privacy: Privacy,
    /// Programs that are told what happens.
    pub webhooks: Webhooks,
    /// What is done with tickets by itself.
    pub rules: Rules,
    /// What staff do often, in one step.
    pub macros: Macros,
    /// Figures.
    pub analytics: Analytics,
    /// The event log.
    pub events: EventLog,
    /// The audit log.
    pub audit: AuditLog,
    /// The event log as it grows.
    pub live: LiveFeed,
    /// Logins that keep connections open.
    pub connections: Connections,
    /// What processes tell each other.
    pub signals: Arc<dyn Signals>,
    /// Requests that came before.
    pub idempotency: Arc<dyn IdempotencyRepository>,
    /// The time.
    pub clock: Arc<dyn Clock>,
}
