//! People, in classic.

use chrono::{DateTime, Utc};
use helpdesk_domain::identity::{Role, UserView};
use helpdesk_domain::ticket::UserBrief;
use serde::Serialize;
use utoipa::ToSchema;

use crate::dialect::v1::say::Shows;
use crate::gate::Seen;

/// A person beside a ticket or a comment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UserBrief)]
pub struct Person {
    /// Integer.
    pub id: i64,
    /// Login name.
    pub username: String,
    /// Address.
    pub email: String,
}

impl From<&UserBrief> for Person {
    fn from(user: &UserBrief) -> Self {
        Self { id: user.serial, username: user.username.clone(), email: user.email.clone() }
    }
}

/// Who wrote an article.
#[derive(Debug, Serialize, ToSchema)]
pub struct Author {
    /// Integer.
    pub id: i64,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Login name; not shown to strangers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Address; not shown to strangers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

impl Shows<UserBrief> for Author {
    fn show(person: &UserBrief, seen: &Seen<'_>) -> Self {
        Self {
            id: person.serial,
            first_name: person.first_name.clone(),
            last_name: person.last_name.clone(),
            username: seen.is_for_somebody().then(|| person.username.clone()),
            email: seen.is_for_somebody().then(|| person.email.clone()),
        }
    }
}

/// An account.
#[derive(Debug, Serialize, ToSchema)]
pub struct User {
    /// Integer.
    pub id: i64,
    /// Login name.
    pub username: String,
    /// Address.
    pub email: String,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// `admin` for agents, coordinators and admins, else `customer`.
    pub role: String,
    /// Whether the account may log in.
    pub is_active: bool,
    /// When the account was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// Classic's word for a role.
pub fn role(role: Role) -> &'static str {
    if role.is_staff() { "admin" } else { "customer" }
}

impl Shows<UserView> for User {
    fn show(view: &UserView, _: &Seen<'_>) -> Self {
        Self {
            id: view.serial,
            username: view.username.clone(),
            email: view.email.clone(),
            first_name: view.first_name.clone(),
            last_name: view.last_name.clone(),
            role: role(view.role).to_owned(),
            is_active: view.is_active,
            created_at: view.created_at,
            updated_at: view.updated_at,
        }
    }
}
