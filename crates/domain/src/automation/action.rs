//! What a rule, or a macro, does with a ticket.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::identity::Role;
use crate::kernel::id::{CategoryId, DepartmentId, TagId, UserId, WebhookId};
use crate::ticket::{Priority, Status};

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleAction {
    /// Gives the ticket to somebody, or to nobody.
    Assign(Option<UserId>),
    /// Gives its fields other values.
    Set(Box<FieldValues>),
    /// Says something on it.
    Comment(Saying),
    /// Tells people of it in the desk.
    Notify(Notice),
    /// Tells a program of it.
    Webhook(WebhookId),
}

/// Something to say, with `{variables}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saying {
    /// What.
    pub content: String,
    /// Whether it stays among staff.
    pub is_internal: bool,
}

/// Something to tell people, with `{variables}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Whom.
    pub to: Vec<Addressee>,
    /// What.
    pub message: String,
}

/// Somebody to tell something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Addressee {
    /// Who works on the ticket.
    Assignee,
    /// Who asked.
    Requester,
    /// Everybody of that role.
    Role(Role),
    /// This person.
    User(UserId),
}

impl Notice {
    /// The most addressees.
    pub const MOST: usize = 20;
    /// The most characters.
    pub const MAX: usize = 500;
}

/// What becomes of a field that may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Becomes<T> {
    /// It stays.
    #[default]
    Same,
    /// It is emptied.
    Empty,
    /// It has this value.
    Value(T),
}

impl<T: Clone> Becomes<T> {
    /// The value to give it, if it is to be given one; none empties it.
    pub fn wanted(&self) -> Option<Option<T>> {
        match self {
            Self::Same => None,
            Self::Empty => Some(None),
            Self::Value(value) => Some(Some(value.clone())),
        }
    }
}

/// Values for fields; what is not named stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FieldValues {
    /// Where it is in its life.
    pub status: Option<Status>,
    /// How urgent.
    pub priority: Option<Priority>,
    /// Category.
    pub category: Becomes<CategoryId>,
    /// Finer category.
    pub sub_category: Becomes<String>,
    /// Department.
    pub department: Becomes<DepartmentId>,
    /// All of its tags.
    pub tags: Option<Vec<TagId>>,
    /// Tags that it gets besides.
    pub add_tags: Vec<TagId>,
    /// Tags that are taken from it.
    pub remove_tags: Vec<TagId>,
    /// Fields that the organization keeps; `null` drops one.
    pub custom_fields: Map<String, Value>,
    /// How it was resolved.
    pub resolution: Option<String>,
}

/// The variables that what is said may have.
pub const VARIABLES: [&str; 8] =
    ["ticket_number", "title", "status", "priority", "category", "department", "requester", "assignee"];

impl RuleAction {
    /// The most things that one rule does.
    pub const MOST: usize = 20;

    /// The things that it names.
    pub fn names(&self) -> Vec<Uuid> {
        let user = |addressee: &Addressee| if let Addressee::User(user) = addressee { Some(user.0) } else { None };
        match self {
            Self::Notify(notice) => notice.to.iter().filter_map(user).collect(),
            Self::Webhook(webhook) => vec![webhook.0],
            Self::Assign(agent) => agent.iter().map(|id| id.0).collect(),
            Self::Set(values) => values.names(),
            Self::Comment(_) => Vec::new(),
        }
    }

    /// Whether it tells of the ticket by its number.
    pub const fn speaks(&self) -> bool {
        matches!(self, Self::Comment(_) | Self::Notify(_) | Self::Webhook(_))
    }
}

impl FieldValues {
    fn names(&self) -> Vec<Uuid> {
        let tags = self.tags.iter().flatten().chain(&self.add_tags).chain(&self.remove_tags).map(|id| id.0);
        let category = self.category.wanted().flatten().map(|id| id.0);
        let department = self.department.wanted().flatten().map(|id| id.0);
        tags.chain(category).chain(department).collect()
    }
}
