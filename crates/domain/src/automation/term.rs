//! What fields are compared to.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// What things are called now, by their ids.
pub type Names = HashMap<Uuid, String>;

/// A value of a field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Term {
    /// A thing.
    Id(Uuid),
    /// A word, a text, or what a thing was called at the time.
    Text(String),
    /// A number or a boolean of a field that the organization keeps.
    Other(Value),
}

impl Term {
    /// Whether both mean the same; a thing is also known by what it is called.
    pub(super) fn is(&self, other: &Self, names: &Names) -> bool {
        match (self, other) {
            (Self::Id(id), Self::Text(text)) | (Self::Text(text), Self::Id(id)) => {
                names.get(id).is_some_and(|name| are_alike(name, text))
            }
            (Self::Text(one), Self::Text(two)) => are_alike(one, two),
            (one, two) => one == two,
        }
    }

    /// The same in small letters.
    pub(super) fn lowered(&self) -> Self {
        if let Self::Text(text) = self { Self::Text(text.to_lowercase()) } else { self.clone() }
    }

    /// Whether it has this in it; both in small letters.
    pub(super) fn has(&self, part: &Self, names: &Names) -> bool {
        match (self, part) {
            (Self::Text(text), Self::Text(part)) => text.contains(part.as_str()),
            (whole, part) => whole.is(part, names),
        }
    }
}

/// Whether two texts are the same whatever their case; long ones that are not are told apart at once.
fn are_alike(one: &str, two: &str) -> bool {
    one.chars().flat_map(char::to_lowercase).eq(two.chars().flat_map(char::to_lowercase))
}
