//! Settings of features that are not there yet.

use super::reading::Reading;

/// Settings of features that are not there yet: accepted and checked, so that a configuration can be complete today.
#[derive(Debug, Default)]
pub struct Later {
    /// Names of those that were given and have no effect yet.
    pub without_effect: Vec<&'static str>,
    /// Whether there is a mail server, but nobody for mails to come from.
    pub mail_lacks_sender: bool,
}

impl Later {
    pub(super) fn read(reading: &mut Reading) -> Self {
        reading.secret_url("REDIS_URL", &["redis://", "rediss://", "valkey://", "unix://"]);
        reading.url("WORKFLOW_WEBHOOK_URL", &["http://", "https://"]);
        reading.flag("WEBHOOK_ALLOW_PRIVATE", false);
        reading.number("MAIL_PORT", 587_u16, 1..=65_535);
        let address = |text: &str| text.contains('@').then_some(());
        reading.optional("MAIL_FROM", "an e-mail address", address);
        let words = "opportunistic, required (or true), or off (or false)";
        let modes = ["opportunistic", "required", "true", "off", "false"];
        reading.optional("MAIL_STARTTLS", words, |text| modes.contains(&text).then_some(()));
        let given = |name: &&&str| reading.text(name).is_some();
        let without_effect: Vec<_> = FOR_LATER.iter().filter(given).copied().collect();
        let mail_lacks_sender = without_effect.contains(&"MAIL_SERVER") && !without_effect.contains(&"MAIL_FROM");
        Self { without_effect, mail_lacks_sender }
    }
}

/// Settings that nothing uses yet.
const FOR_LATER: &[&str] = &[
    "REDIS_URL",
    "MAIL_SERVER",
    "MAIL_PORT",
    "MAIL_USERNAME",
    "MAIL_PASSWORD",
    "MAIL_FROM",
    "MAIL_STARTTLS",
    "WORKFLOW_WEBHOOK_URL",
    "WORKFLOW_WEBHOOK_SECRET",
    "WEBHOOK_ALLOW_PRIVATE",
];
