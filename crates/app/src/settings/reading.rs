//! Reading one value at a time, noting everything that is wrong.

use std::ops::RangeInclusive;

use config::{Map, Value};
use helpdesk_http::Rate;
use secrecy::SecretString;

use super::rate;

/// The values as they were given, and what is wrong with them.
pub(super) struct Reading {
    pub values: Map<String, Value>,
    pub problems: Vec<String>,
}

impl Reading {
    /// The text of a setting, if it was given.
    pub fn text(&self, name: &str) -> Option<String> {
        self.values.get(name)?.clone().into_string().ok()
    }

    /// A setting that must not be shown.
    pub fn secret(&self, name: &str) -> Option<SecretString> {
        self.text(name).map(SecretString::from)
    }

    /// What `parse` makes of a setting, or the default. `wanted` ends the sentence "NAME must be …".
    pub fn parsed<T>(&mut self, name: &str, wanted: &str, default: T, parse: impl FnOnce(&str) -> Option<T>) -> T {
        self.optional(name, wanted, parse).unwrap_or(default)
    }

    /// As [`Self::parsed`] for a setting without a default.
    pub fn optional<T>(&mut self, name: &str, wanted: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let text = self.text(name)?;
        let parsed = parse(&text);
        if parsed.is_none() {
            self.problems.push(format!("{name} must be {wanted}, not \u{201c}{text}\u{201d}{}.", self.place(name)));
        }
        parsed
    }

    /// A whole number.
    pub fn number<T: TryFrom<u64>>(&mut self, name: &str, default: T, range: RangeInclusive<u64>) -> T {
        let wanted = format!("a whole number from {} to {}", range.start(), range.end());
        self.parsed(name, &wanted, default, |text| {
            let number = text.parse().ok().filter(|number| range.contains(number))?;
            T::try_from(number).ok()
        })
    }

    /// Yes or no.
    pub fn flag(&mut self, name: &str, default: bool) -> bool {
        self.parsed(name, "true or false", default, |text| match text.to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "on" => Some(true),
            "false" | "0" | "no" | "off" => Some(false),
            _ => None,
        })
    }

    /// How often.
    pub fn rate(&mut self, name: &str, count: u32, seconds: u64) -> Rate {
        self.parsed(name, "a number and a period, such as 100/hour or 5/minute", rate::rate(count, seconds), rate::parse)
    }

    /// An address that begins with one of these schemes.
    pub fn url(&mut self, name: &str, schemes: &[&str]) -> Option<String> {
        let wanted = format!("a URL that begins with {}", schemes.join(" or "));
        self.optional(name, &wanted, |text| {
            let rest = schemes.iter().find_map(|scheme| text.strip_prefix(scheme))?;
            (!rest.is_empty() && !rest.contains(char::is_whitespace)).then(|| text.trim_end_matches('/').to_owned())
        })
    }

    /// As [`Self::url`] where the address may carry a password: it is not shown.
    pub fn secret_url(&mut self, name: &str, schemes: &[&str]) -> Option<SecretString> {
        let text = self.text(name)?;
        if schemes.iter().any(|scheme| text.len() > scheme.len() && text.starts_with(scheme)) {
            return Some(text.into());
        }
        self.problems.push(format!("{name} must be a URL that begins with {}{}.", schemes.join(" or "), self.place(name)));
        None
    }

    /// Where the value stands, for the sentence: ` (in .env)`.
    fn place(&self, name: &str) -> String {
        let origin = self.values.get(name).and_then(Value::origin);
        origin.map(|origin| format!(" (in {origin})")).unwrap_or_default()
    }
}
