//! Messages become letters: words from templates, links with their secrets.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use helpdesk_domain::identity::PasswordReset;
use helpdesk_domain::identity::port::Secrets;
use helpdesk_domain::kernel::id::{ResetId, UserId};
use helpdesk_domain::mail::{Mail, Mailbox, Message, OutboxEntry, TicketBrief};
use helpdesk_domain::ticket::Status;
use minijinja::{Environment, Value, context};

/// A mail as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// `Message-ID` in angle brackets; the same however often the mail is sent.
    pub message_id: String,
    /// To whom.
    pub to: Mailbox,
    /// One line.
    pub subject: String,
    /// The text for programs that show no HTML.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// The id that all mails about one ticket refer to, so that mail programs show them together.
    pub thread: Option<String>,
    /// The page where its recipient says to do without such mails.
    pub unsubscribe: Option<String>,
}

/// A letter could not be written: a template is at fault.
#[derive(Debug, thiserror::Error)]
#[error("the letter cannot be written")]
pub struct Unwritable(#[from] minijinja::Error);

/// Where links in letters lead.
#[derive(Clone, Debug)]
pub struct Links {
    /// What every address of this desk begins with, without a slash at the end.
    pub public_url: String,
    /// The page where a new password is chosen.
    pub password_reset_url: String,
    /// The page where somebody says which mails to do without.
    pub unsubscribe_url: String,
}

/// Writes letters.
pub struct Composer {
    templates: Environment<'static>,
    secrets: Arc<dyn Secrets>,
    links: Links,
}

macro_rules! templates {
    ($($kind:literal),+ $(,)?) => {
        [
            ("layout.html", include_str!("templates/layout.html")),
            $(
                (concat!($kind, ".txt"), include_str!(concat!("templates/", $kind, ".txt"))),
                (concat!($kind, ".html"), include_str!(concat!("templates/", $kind, ".html"))),
            )+
        ]
    };
}

/// The first line of a `.txt` is the subject. In `.html` everything that is put in is escaped.
const TEMPLATES: [(&str, &str); 19] = templates![
    "account_received",
    "account_approved",
    "account_rejected",
    "password_reset",
    "password_wanted",
    "ticket_created",
    "ticket_status_changed",
    "ticket_replied",
    "ticket_assigned",
];

impl Composer {
    /// With these links. Fails when a template cannot be read.
    pub fn new(secrets: Arc<dyn Secrets>, links: Links) -> Result<Self, Unwritable> {
        let mut templates = Environment::new();
        templates.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
        for (name, source) in TEMPLATES {
            templates.add_template(name, source)?;
        }
        Ok(Self { templates, secrets, links })
    }

    /// The letter of a mail.
    pub fn compose(&self, entry: &OutboxEntry) -> Result<Letter, Unwritable> {
        let mail = &entry.mail;
        let values = self.values(entry);
        let kind = mail.message.kind();
        let plain = self.templates.get_template(&format!("{kind}.txt"))?.render(&values)?;
        let (subject, text) = plain.split_once('\n').unwrap_or((&plain, ""));
        Ok(Letter {
            message_id: format!("<{}@{}>", mail.id, self.host()),
            to: Mailbox { name: line(&mail.to.name), address: mail.to.address.clone() },
            subject: line(subject),
            text: text.trim_start().to_owned(),
            html: self.templates.get_template(&format!("{kind}.html"))?.render(&values)?,
            thread: mail.message.ticket().map(|ticket| format!("<ticket-{}@{}>", ticket.id, self.host())),
            unsubscribe: self.unsubscribe(mail),
        })
    }

    fn values(&self, entry: &OutboxEntry) -> Value {
        let common = context! {
            name => line(&entry.mail.to.name),
            organization => line(&entry.organization_name),
            desk => &self.links.public_url,
            unsubscribe => self.unsubscribe(&entry.mail),
            ticket => entry.mail.message.ticket().map(numbered),
        };
        let own = match &entry.mail.message {
            Message::AccountReceived | Message::AccountApproved | Message::TicketCreated { ticket: _ } => context! {},
            Message::AccountRejected { reason } => context! { reason => reason },
            Message::PasswordReset { reset, user } => {
                context! { link => self.link(*reset, *user), hours => PasswordReset::HOURS }
            }
            Message::PasswordWanted { reset, user } => {
                context! { link => self.link(*reset, *user), days => PasswordReset::INVITATION_DAYS }
            }
            Message::TicketStatusChanged { ticket: _, from, to, by, note } => {
                context! { from => spoken(*from), to => spoken(*to), by => line(by), note => note }
            }
            Message::TicketReplied { ticket: _, comment } => {
                context! { author => line(comment.author()), text => comment.text() }
            }
            Message::TicketAssigned { ticket: _, by } => context! { by => line(by) },
        };
        context! { ..own, ..common }
    }

    /// `…/unsubscribe?user=…&kind=…&proof=…`
    fn unsubscribe(&self, mail: &Mail) -> Option<String> {
        let (user, kind) = (mail.user?, mail.message.optional()?);
        let proof = self.secrets.of_unsubscribe(user, kind);
        Some(format!("{}?user={user}&kind={}&proof={proof}", self.links.unsubscribe_url, kind.word()))
    }

    /// `…?uidb64=…&token=…`
    fn link(&self, reset: ResetId, user: UserId) -> String {
        let page = &self.links.password_reset_url;
        let mark = if page.contains('?') { '&' } else { '?' };
        let uidb64 = URL_SAFE_NO_PAD.encode(user.to_string());
        format!("{page}{mark}uidb64={uidb64}&token={}", self.secrets.of_reset(reset))
    }

    /// The name of this desk's machine, for ids that nobody else gives.
    fn host(&self) -> &str {
        let rest = self.links.public_url.split_once("://").map_or(self.links.public_url.as_str(), |(_, rest)| rest);
        let host = rest.split(['/', '?', '#']).next().and_then(|host| host.rsplit('@').next()).unwrap_or_default();
        let end = if host.starts_with('[') { host.find(']').map(|end| end + 1) } else { host.find(':') };
        end.and_then(|end| host.get(..end)).unwrap_or(host)
    }
}

/// The text on one line: what goes into a header must not begin another.
fn line(text: &str) -> String {
    text.split(char::is_control).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// A ticket as a letter names it.
fn numbered(ticket: &TicketBrief) -> Value {
    context! { number => format!("TX{:04}", ticket.number), title => line(&ticket.title) }
}

/// A status as people say it.
fn spoken(status: Status) -> String {
    status.word().replace('_', " ")
}
