//! Mail.

use helpdesk_outbound::mail::{SmtpSettings, StartTls};

use super::reading::Reading;

/// Mail.
#[derive(Debug)]
pub struct Mail {
    /// The mail server; without one mails stay in the outbox.
    pub smtp: Option<SmtpSettings>,
    /// Whether there is a mail server, but nobody was named for mails to come from.
    pub lacks_sender: bool,
}

/// Whom mails come from when nobody says it.
const NOBODY: &str = "helpdesk@localhost.localdomain";

impl Mail {
    pub(super) fn read(reading: &mut Reading) -> Self {
        let server = reading.text("MAIL_SERVER");
        let port = reading.number("MAIL_PORT", 587_u16, 1..=65_535);
        let username = reading.text("MAIL_USERNAME");
        let password = reading.secret("MAIL_PASSWORD");
        let address = |text: &str| text.contains('@').then(|| text.to_owned());
        let from = reading.optional("MAIL_FROM", "an e-mail address", address);
        let words = "opportunistic, required (or true), or off (or false)";
        let starttls = reading.parsed("MAIL_STARTTLS", words, StartTls::Opportunistic, starttls);
        let lacks_sender = server.is_some() && from.is_none();
        let from = from.or_else(|| username.clone().filter(|name| name.contains('@'))).unwrap_or_else(|| NOBODY.to_owned());
        let credentials = username.map(|name| (name, password.unwrap_or_default()));
        let smtp = server.map(|server| SmtpSettings { server, port, credentials, starttls, from });
        Self { smtp, lacks_sender }
    }
}

fn starttls(word: &str) -> Option<StartTls> {
    match word {
        "opportunistic" => Some(StartTls::Opportunistic),
        "required" | "true" => Some(StartTls::Required),
        "off" | "false" => Some(StartTls::Off),
        _ => None,
    }
}
