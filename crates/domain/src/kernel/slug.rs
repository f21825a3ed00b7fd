//! Names of things in addresses.

use uuid::Uuid;

use super::id::Reference;
use super::text::{bounded, slug};
use super::violation::Problem;

/// The name of a thing in an address: small letters, digits, hyphens and underscores, nothing that reads as an id.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Slug(String);

impl Slug {
    /// The most characters it may have.
    pub const MAX: usize = 200;

    /// Takes a slug, in small letters.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = bounded(text, 1, Self::MAX)?.to_lowercase();
        if !text.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_') {
            return Err(Problem::Other("A slug is letters, digits, hyphens and underscores."));
        }
        if matches!(Reference::parse(&text), Reference::Name(_)) {
            Ok(Self(text))
        } else {
            Err(Problem::Other("A slug is neither a number nor a UUID."))
        }
    }

    /// The slug of a title.
    pub fn of(title: &str) -> Self {
        let words: String = slug(title).chars().take(Self::MAX - 20).collect();
        let words = words.trim_end_matches('-');
        if matches!(Reference::parse(words), Reference::Name(_)) {
            Self(words.to_owned())
        } else {
            Self(format!("article-{words}"))
        }
    }

    /// The same slug, told apart from that of another thing of the same title.
    #[must_use]
    pub fn apart(&self, id: Uuid) -> Self {
        let digits = id.simple().to_string();
        Self(format!("{}-{}", self.0, digits.get(24..).unwrap_or(&digits)))
    }

    /// A slug that is already known to be good.
    pub fn trusted(text: String) -> Self {
        Self(text)
    }

    /// The slug.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_never_taken_for_an_id() {
        assert_eq!(Slug::of("2024").as_str(), "article-2024");
        assert_eq!(Slug::of("How to?").as_str(), "how-to");
        assert!(Slug::parse("17").is_err() && Slug::parse("a b").is_err() && Slug::parse("a/b").is_err());
        assert_eq!(Slug::parse(" VPN_setup-1 ").unwrap().as_str(), "vpn_setup-1");
        assert!(Slug::of(&"word ".repeat(100)).apart(Uuid::nil()).as_str().len() <= Slug::MAX);
    }
}
