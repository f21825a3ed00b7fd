//! What conditions ask about.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::Op;

/// Something about a ticket, or about what happened to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Field {
    /// Where it is in its life.
    Status,
    /// How urgent it is.
    Priority,
    /// What it is about.
    Category,
    /// The finer word.
    SubCategory,
    /// Whose it is.
    Department,
    /// Who works on it.
    AssignedTo,
    /// Who asked.
    Requester,
    /// Its labels.
    Tags,
    /// What it is called.
    Title,
    /// What it is about, at length.
    Description,
    /// Where the requester wants to be reached.
    ContactEmail,
    /// A field that the organization keeps, by its name.
    Custom(String),
    /// What was said just now: `public` or `internal`.
    Comment,
    /// The words of it.
    CommentText,
    /// Who said it: `staff` or `customer`.
    CommentBy,
    /// Whose deadline comes near or has passed.
    Clock,
    /// How the requester rated the ticket just now.
    Score,
}

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// One of these words.
    Word(&'static [&'static str]),
    /// A category.
    Category,
    /// A department.
    Department,
    /// A person.
    Person,
    /// Tags.
    Tags,
    /// 1 to 5.
    Score,
    /// Text.
    Text,
    /// A text, number or boolean.
    Any,
}

const STATUSES: &[&str] = &["new", "open", "in_progress", "pending", "on_hold", "resolved", "closed", "rejected", "withdrawn"];
const CLOCKS: &[&str] = &["first_response", "next_response", "resolution"];
const PRIORITIES: &[&str] = &["low", "medium", "high", "urgent", "critical"];
const CUSTOM: &str = "custom_fields.";

const NAMED: [(&str, Field); 16] = [
    ("status", Field::Status),
    ("priority", Field::Priority),
    ("category", Field::Category),
    ("sub_category", Field::SubCategory),
    ("department", Field::Department),
    ("assigned_to", Field::AssignedTo),
    ("requester", Field::Requester),
    ("tags", Field::Tags),
    ("title", Field::Title),
    ("description", Field::Description),
    ("contact_email", Field::ContactEmail),
    ("comment", Field::Comment),
    ("comment_text", Field::CommentText),
    ("comment_by", Field::CommentBy),
    ("clock", Field::Clock),
    ("score", Field::Score),
];

impl Field {
    /// The field of that name.
    pub fn parse(name: &str) -> Option<Self> {
        let custom = || name.strip_prefix(CUSTOM).filter(|key| !key.is_empty()).map(|key| Self::Custom(key.to_owned()));
        NAMED.into_iter().find(|(word, _)| *word == name).map(|(_, field)| field).or_else(custom)
    }

    /// Its name.
    pub fn name(&self) -> Cow<'static, str> {
        if let Self::Custom(key) = self {
            return Cow::Owned(format!("{CUSTOM}{key}"));
        }
        let named = NAMED.iter().find(|(_, field)| field == self);
        Cow::Borrowed(named.map_or("", |(word, _)| word))
    }

    /// What its values are.
    pub const fn sort(&self) -> Sort {
        match self {
            Self::Status => Sort::Word(STATUSES),
            Self::Priority => Sort::Word(PRIORITIES),
            Self::Category => Sort::Category,
            Self::Department => Sort::Department,
            Self::AssignedTo | Self::Requester => Sort::Person,
            Self::Tags => Sort::Tags,
            Self::SubCategory | Self::Title | Self::Description | Self::ContactEmail | Self::CommentText => Sort::Text,
            Self::Custom(_) => Sort::Any,
            Self::Comment => Sort::Word(&["public", "internal"]),
            Self::CommentBy => Sort::Word(&["staff", "customer"]),
            Self::Clock => Sort::Word(CLOCKS),
            Self::Score => Sort::Score,
        }
    }

    /// Whether it is about what happened, and not about the ticket.
    pub const fn is_of_event(&self) -> bool {
        matches!(self, Self::Comment | Self::CommentText | Self::CommentBy | Self::Clock | Self::Score)
    }

    /// Whether a condition can ask that about it. Nothing was before what happens, and nobody gives a ticket another requester.
    pub const fn takes(&self, op: Op) -> bool {
        match op {
            Op::Is | Op::IsNot | Op::In | Op::NotIn => true,
            Op::Contains | Op::NotContains => matches!(self.sort(), Sort::Text | Sort::Any | Sort::Tags),
            Op::Was | Op::WasNot | Op::Changed | Op::ChangedTo | Op::ChangedFrom => {
                !self.is_of_event() && !matches!(self, Self::Requester)
            }
        }
    }
}

impl From<Field> for String {
    fn from(field: Field) -> Self {
        field.name().into_owned()
    }
}

impl TryFrom<String> for Field {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::parse(&name).ok_or(name)
    }
}
