//! People, in platform.

use chrono::{DateTime, Utc};
use helpdesk_domain::identity::{Role, UserView};
use helpdesk_domain::ticket::UserBrief;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::taxonomy::Department;
use crate::dialect::v1::say::Shows;
use crate::gate::Seen;

/// A person beside a ticket or a comment.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UserBrief)]
pub struct Person {
    /// UUID.
    pub id: Uuid,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Address.
    pub email: String,
}

impl From<&UserBrief> for Person {
    fn from(user: &UserBrief) -> Self {
        Self { id: user.id.0, first_name: user.first_name.clone(), last_name: user.last_name.clone(), email: user.email.clone() }
    }
}

/// Who wrote an article.
#[derive(Debug, Serialize, ToSchema)]
pub struct Author {
    /// UUID.
    pub id: Uuid,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Address; not shown to strangers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

impl Shows<UserBrief> for Author {
    fn show(person: &UserBrief, seen: &Seen<'_>) -> Self {
        Self {
            id: person.id.0,
            first_name: person.first_name.clone(),
            last_name: person.last_name.clone(),
            email: seen.is_for_somebody().then(|| person.email.clone()),
        }
    }
}

/// An account.
#[derive(Debug, Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "seed 001 shows each of them")]
pub struct User {
    /// UUID.
    pub id: Uuid,
    /// Login name.
    pub username: String,
    /// Address.
    pub email: String,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// `customer`, `technician`, `agent`, `coordinator` or `admin`.
    pub role: String,
    /// Whether the role is agent, coordinator or admin.
    pub is_agent: bool,
    /// Whether the role is customer.
    pub is_customer: bool,
    /// Whether the role is technician.
    pub is_technician: bool,
    /// Whether the account may log in.
    pub is_active: bool,
    /// Slug of the organization.
    pub organization: String,
    /// Where the person works.
    pub department: Option<Department>,
    /// The person's picture; good for the reader, for about an hour.
    pub image: String,
    /// Last login or renewal of a token.
    pub last_active_at: Option<DateTime<Utc>>,
    /// When the account was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl Shows<UserView> for User {
    fn show(view: &UserView, seen: &Seen<'_>) -> Self {
        Self {
            id: view.id.0,
            username: view.username.clone(),
            email: view.email.clone(),
            first_name: view.first_name.clone(),
            last_name: view.last_name.clone(),
            role: view.role.word().to_owned(),
            is_agent: view.role.is_staff(),
            is_customer: view.role == Role::Customer,
            is_technician: view.role == Role::Technician,
            is_active: view.is_active,
            organization: view.organization.clone(),
            department: view.department.as_ref().map(Department::from),
            image: seen.image_url(view.image.as_ref()),
            last_active_at: view.last_active_at,
            created_at: view.created_at,
            updated_at: view.updated_at,
        }
    }
}
