//! Text that has been looked at once, at the border.

use serde::{Deserialize, Serialize};

use super::violation::Problem;

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident: $min:literal ..= $max:literal),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The most characters it may have.
            pub const MAX: usize = $max;

            /// Takes the text without the white space around it.
            pub fn parse(text: &str) -> Result<Self, Problem> {
                bounded(text, $min, $max).map(Self)
            }

            /// Text that is already known to be good, e.g. as it was stored.
            pub fn trusted(text: String) -> Self {
                Self(text)
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

texts! {
    /// What a ticket is called; 255 characters (`subject` in seed 004).
    Title: 1..=255,
    /// What a ticket is about; 65 536 characters.
    Description: 1..=65_536,
    /// What somebody says on a ticket; 65 536 characters.
    CommentText: 1..=65_536,
    /// A note that may be empty: resolutions, rejection reasons, descriptions of categories and tags.
    Note: 0..=65_536,
    /// A first or last name; 100 characters (seed 004).
    PersonName: 1..=100,
    /// The name of a category, department or organization; 100 characters (seed 004).
    Label: 1..=100,
    /// The name of a tag; 50 characters.
    TagName: 1..=50,
    /// A question that is often asked; 500 characters.
    Question: 1..=500,
    /// What it is answered with; 65 536 characters.
    FaqAnswer: 1..=65_536,
    /// Words that a question is also found by, as they were written; 500 characters.
    Keywords: 0..=500,
    /// What an article is called; 255 characters.
    ArticleTitle: 1..=255,
    /// What it says, in Markdown; 65 536 characters.
    ArticleContent: 1..=65_536,
    /// The same in a sentence or two; 1000 characters.
    Summary: 0..=1_000,
    /// A word that an article is also found by; 50 characters.
    ArticleTag: 1..=50,
    /// The title that search engines are told of an article; 255 characters.
    SeoTitle: 0..=255,
    /// The description that search engines are told of an article; 500 characters.
    SeoDescription: 0..=500,
    /// The keywords that search engines are told of an article; 500 characters.
    SeoKeywords: 0..=500,
    /// What an answer that is used often is called; 255 characters.
    TemplateTitle: 1..=255,
    /// What it says, with `{variables}`; 65 536 characters.
    TemplateContent: 1..=65_536,
    /// A free word that it is filed under; 100 characters.
    TemplateCategory: 0..=100,
    /// What a requester says to their score; 4 096 characters.
    RatingComment: 0..=4_096,
    /// What a saved filter is called; 100 characters.
    FilterName: 1..=100,
    /// Whom work is done for; 255 characters.
    CustomerName: 1..=255,
    /// What a place is called; 255 characters.
    LocationName: 1..=255,
    /// A telephone number as people write it; 50 characters, may be empty.
    Phone: 0..=50,
    /// A company's name; 255 characters, may be empty.
    Company: 0..=255,
    /// Street and house number, on several lines maybe; 500 characters, may be empty.
    StreetAddress: 0..=500,
    /// A town or a country; 100 characters, may be empty.
    Place: 0..=100,
    /// A postal code; 20 characters, may be empty.
    PostalCode: 0..=20,
    /// What a step of a work order is called; 255 characters.
    TaskTitle: 1..=255,
    /// What a material is called; 255 characters.
    MaterialName: 1..=255,
    /// What a material is counted in; 50 characters, may be empty.
    Unit: 0..=50,
    /// Something that somebody can do; 50 characters.
    Skill: 1..=50,
    /// What somebody logs in with besides their address.
    Username: 1..=150,
}

pub(super) fn bounded(text: &str, min: usize, max: usize) -> Result<String, Problem> {
    let text = text.trim();
    if text.contains('\0') {
        return Err(Problem::NullCharacter);
    }
    if min > 0 && text.is_empty() {
        return Err(Problem::Blank);
    }
    if text.len() > max && text.chars().count() > max {
        return Err(Problem::TooLong(max));
    }
    Ok(text.to_owned())
}

/// An e-mail address. Kept as it was written, compared without regard to case.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    /// The most characters it may have (RFC 5321).
    pub const MAX: usize = 254;

    /// Accepts `local@domain.tld`: one `@`, no white space, a dotted domain of letters, digits and hyphens.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = bounded(text, 1, Self::MAX)?;
        let (local, domain) = text.rsplit_once('@').ok_or(Problem::NotAnEmail)?;
        let local_fits = !local.is_empty()
            && local.len() <= 64
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local.chars().all(|c| c.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c));
        let label_fits = |label: &str| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        };
        let domain_fits = domain.contains('.') && domain.split('.').all(label_fits);
        if local_fits && domain_fits { Ok(Self(text)) } else { Err(Problem::NotAnEmail) }
    }

    /// An address that is already known to be good.
    pub fn trusted(text: String) -> Self {
        Self(text)
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form that addresses are compared by.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }

    /// The part before the `@`.
    pub fn local(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }

    /// The first label of the part behind the `@`.
    pub fn domain_label(&self) -> &str {
        self.0.rsplit_once('@').and_then(|(_, domain)| domain.split('.').next()).unwrap_or("")
    }
}

impl std::fmt::Display for Email {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A colour as `#rrggbb`, in small letters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Color(String);

impl Color {
    /// What a category or tag has until somebody chooses; the blue of seed 002.
    pub fn standard() -> Self {
        Self("#007bff".to_owned())
    }

    /// Accepts `#rgb` and `#rrggbb`.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let digits = text.trim().strip_prefix('#').ok_or(Problem::NotAColor)?;
        if !digits.chars().all(|c| c.is_ascii_hexdigit()) {
            return Err(Problem::NotAColor);
        }
        match digits.len() {
            6 => Ok(Self(format!("#{}", digits.to_ascii_lowercase()))),
            3 => Ok(Self(digits.chars().fold("#".to_owned(), |color, c| color + &c.to_ascii_lowercase().to_string().repeat(2)))),
            _ => Err(Problem::NotAColor),
        }
    }

    /// A colour that is already known to be good.
    pub fn trusted(text: String) -> Self {
        Self(text)
    }

    /// The colour.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl ArticleTag {
    /// The form that tags are compared by.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

/// The word for a name in a URL: small letters, digits and hyphens. Never empty.
pub fn slug(name: &str) -> String {
    let words: Vec<String> = crate::search::words(name).collect();
    if words.is_empty() { "item".to_owned() } else { words.join("-") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_has_1_to_255_characters_and_no_nul() {
        assert_eq!(Title::parse("  "), Err(Problem::Blank));
        assert_eq!(Title::parse("a\0b"), Err(Problem::NullCharacter));
        assert_eq!(Title::parse(&"ü".repeat(256)), Err(Problem::TooLong(255)));
        assert!(Title::parse(&"ü".repeat(255)).is_ok());
    }

    #[test]
    fn an_address_has_one_at_sign_and_a_dotted_domain() {
        for bad in ["", "x", "x@", "@x.org", "x@y", "a b@x.org", "a@b@", "x@-y.org", "a..b@x.org"] {
            assert!(Email::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(Email::parse("Jane.Doe+x@Example.org").unwrap().key(), "jane.doe+x@example.org");
    }

    #[test]
    fn a_color_is_written_with_three_or_six_digits() {
        assert_eq!(Color::parse("#FFF").unwrap().as_str(), "#ffffff");
        assert_eq!(Color::parse("#28A745").unwrap().as_str(), "#28a745");
        assert_eq!(Color::parse("red"), Err(Problem::NotAColor));
    }

    #[test]
    fn a_slug_is_words_and_hyphens() {
        assert_eq!(slug("Bug Report!"), "bug-report");
        assert_eq!(slug("Öffentliche Fragen"), "offentliche-fragen");
        assert_eq!(slug("???"), "item");
    }
}
