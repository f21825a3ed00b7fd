//! The way to a mail server.

use std::time::Duration;

use async_trait::async_trait;
use helpdesk_domain::kernel::Moment;
use helpdesk_domain::mail::port::Carrier;
use helpdesk_domain::mail::{OutboxEntry, Undelivered};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::response::{Category, Severity};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use secrecy::{ExposeSecret, SecretString};

use super::compose::{Composer, Letter};

/// How long one exchange with a mail server may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// The port where TLS comes first (RFC 8314).
const IMPLICIT_TLS: u16 = 465;

/// Whether the way to the mail server is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartTls {
    /// Where the server offers it; whoever it is, since the alternative is no encryption at all.
    Opportunistic,
    /// Always, and only with a server whose certificate is good.
    Required,
    /// Never.
    Off,
}

/// Which mail server, and who it is told that we are.
#[derive(Clone, Debug)]
pub struct SmtpSettings {
    /// Name or address of the machine.
    pub server: String,
    /// 465 begins with TLS, others may go over to it.
    pub port: u16,
    /// Name and password, where the server wants them.
    pub credentials: Option<(String, SecretString)>,
    /// Encryption.
    pub starttls: StartTls,
    /// Whom mails come from.
    pub from: String,
}

/// Why there is no way to the mail server.
#[derive(Debug, thiserror::Error)]
pub enum Unreachable {
    /// `MAIL_FROM` is no address.
    #[error("the sender is no e-mail address")]
    Sender(#[from] lettre::address::AddressError),
    /// TLS cannot be had, or the server does not answer.
    #[error("the mail server cannot be reached")]
    Server(#[from] lettre::transport::smtp::Error),
}

/// SMTP, with a pool of connections.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    composer: Composer,
}

impl Smtp {
    /// To that server. Does not connect yet.
    pub fn new(settings: &SmtpSettings, composer: Composer) -> Result<Self, Unreachable> {
        let SmtpSettings { server, port, credentials, starttls, from } = settings;
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server.as_str())
            .port(*port)
            .timeout(Some(PATIENCE))
            .tls(tls(server, *port, *starttls)?);
        if let Some((name, password)) = credentials {
            builder = builder.credentials(Credentials::new(name.clone(), password.expose_secret().to_owned()));
        }
        Ok(Self { transport: builder.build(), from: from.parse()?, composer })
    }

    /// Whether the server answers, takes our credentials and the encryption that is asked for.
    pub async fn probe(&self) -> Result<bool, Unreachable> {
        Ok(self.transport.test_connection().await?)
    }

    fn message(&self, letter: Letter, written: Moment, organization: &str) -> Result<Message, Undelivered> {
        let unfit = |error: &dyn std::error::Error| Undelivered { is_final: true, reason: error.to_string() };
        let address: Address = letter.to.address.as_str().parse().map_err(|error| unfit(&error))?;
        let sender = self.from.name.clone().unwrap_or_else(|| organization.to_owned());
        let mut message = Message::builder()
            .from(Mailbox::new(Some(sender), self.from.email.clone()))
            .to(Mailbox::new(Some(letter.to.name).filter(|name| !name.is_empty()), address))
            .subject(letter.subject)
            .date(written.into())
            .message_id(Some(letter.message_id))
            .raw_header(plain("Auto-Submitted", "auto-generated".to_owned()));
        if let Some(thread) = letter.thread {
            message = message.in_reply_to(thread.clone()).references(thread);
        }
        if let Some(link) = letter.unsubscribe {
            message = message
                .raw_header(plain("List-Unsubscribe", format!("<{link}>")))
                .raw_header(plain("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
        }
        message.multipart(MultiPart::alternative_plain_html(letter.text, letter.html)).map_err(|error| unfit(&error))
    }
}

fn tls(server: &str, port: u16, starttls: StartTls) -> Result<Tls, Unreachable> {
    let good = || TlsParameters::new(server.to_owned());
    Ok(match starttls {
        StartTls::Off => Tls::None,
        StartTls::Required if port == IMPLICIT_TLS => Tls::Wrapper(good()?),
        StartTls::Required => Tls::Required(good()?),
        StartTls::Opportunistic => {
            let any = TlsParameters::builder(server.to_owned()).dangerous_accept_invalid_certs(true).build()?;
            if port == IMPLICIT_TLS { Tls::Wrapper(any) } else { Tls::Opportunistic(any) }
        }
    })
}

#[async_trait]
impl Carrier for Smtp {
    async fn carry(&self, entry: &OutboxEntry) -> Result<(), Undelivered> {
        let letter = self.composer.compose(entry).map_err(|error| Undelivered { is_final: true, reason: told(&error) })?;
        let message = self.message(letter, entry.mail.created_at, &entry.organization_name)?;
        match tokio::time::timeout(PATIENCE, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(Undelivered { is_final: is_final(&error), reason: told(&error) }),
            Err(_) => Err(Undelivered { is_final: false, reason: "the mail server took too long".to_owned() }),
        }
    }
}

/// What the server will never take: the mail or its recipient (55x). Refused credentials (53x) may be mended.
fn is_final(error: &lettre::transport::smtp::Error) -> bool {
    error
        .status()
        .is_some_and(|code| code.severity == Severity::PermanentNegativeCompletion && code.category == Category::MailSystem)
}

/// An error with its causes.
fn told(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |told, cause| format!("{told}: {cause}"))
}

/// A header of ASCII text.
fn plain(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}
