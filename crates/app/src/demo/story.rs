//! What happened to a ticket, as `tickets.yaml` tells it.

use chrono::TimeDelta;
use helpdesk_domain::ticket::{Priority, Status};
use serde::{Deserialize, Deserializer, de};

use crate::failure::{Failure, Result};

/// A ticket and what became of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    /// Title.
    pub title: String,
    /// Username of the requester.
    pub by: String,
    /// How long ago it was opened.
    #[serde(deserialize_with = "span")]
    pub ago: TimeDelta,
    /// Slug of the category.
    pub category: String,
    /// Priority.
    pub priority: Priority,
    /// Names of the tags.
    pub tags: Vec<String>,
    /// Description.
    pub description: String,
    /// Whether it waits for approval first.
    #[serde(default)]
    pub needs_approval: bool,
    /// What became of it, in order.
    #[serde(default, rename = "then")]
    pub steps: Vec<Step>,
}

/// Something that somebody did.
#[derive(Debug, Deserialize)]
pub struct Step {
    /// How long after the ticket was opened.
    #[serde(deserialize_with = "span")]
    pub after: TimeDelta,
    /// Username.
    pub who: String,
    /// What.
    #[serde(flatten)]
    pub deed: Deed,
}

/// What can be done to a ticket.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    Claim(()),
    Assign(String),
    Say(String),
    Note(String),
    Status(Status),
    Priority(Priority),
    Resolve(String),
    Close(()),
    Reopen(String),
    Withdraw(String),
    Approve(Priority),
    Reject(String),
}

/// All stories.
pub fn all() -> Result<Vec<Story>> {
    let stories = serde_yaml_ng::from_str(include_str!("tickets.yaml"));
    stories.map_err(|error| Failure::because("The demo tickets cannot be read", &error))
}

/// Reads `3d 4h 5m`.
fn span<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<TimeDelta, D::Error> {
    let text = String::deserialize(deserializer)?;
    let part = |part: &str| {
        let unit = part.chars().last()?;
        let number: i64 = part.strip_suffix(unit)?.parse().ok()?;
        match unit {
            'd' => Some(TimeDelta::days(number)),
            'h' => Some(TimeDelta::hours(number)),
            'm' => Some(TimeDelta::minutes(number)),
            _ => None,
        }
    };
    let parts: Option<Vec<TimeDelta>> = text.split_whitespace().map(part).collect();
    parts.map(|parts| parts.into_iter().sum()).ok_or_else(|| de::Error::custom(format!("{text} is no span of time")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_some_forty_stories_and_none_reaches_into_the_future() {
        let stories = all().unwrap();
        assert!((38..=50).contains(&stories.len()), "{}", stories.len());
        for story in &stories {
            assert!(story.steps.iter().all(|step| step.after < story.ago), "{}", story.title);
            assert!(story.steps.is_sorted_by_key(|step| step.after), "{}", story.title);
        }
    }
}
