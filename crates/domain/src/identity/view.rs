//! Users as they are shown and looked for.

use crate::attachment::ObjectKey;
use crate::identity::{Approval, Role};
use crate::kernel::clock::Moment;
use crate::kernel::id::{Revision, Serial, UserId};
use crate::taxonomy::DepartmentBrief;

/// A user, shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserView {
    /// UUID.
    pub id: UserId,
    /// Integer.
    pub serial: Serial,
    /// Login name.
    pub username: String,
    /// Address.
    pub email: String,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Name between the two; empty for none.
    pub middle_name: String,
    /// What stands behind the name; empty for none.
    pub suffix: String,
    /// Role.
    pub role: Role,
    /// Whether somebody let the account in.
    pub approval: Approval,
    /// Whether it may log in.
    pub is_active: bool,
    /// Slug of the organization.
    pub organization: String,
    /// Where the person works.
    pub department: Option<DepartmentBrief>,
    /// The person's picture; none for the picture of everybody who has none.
    pub image: Option<ObjectKey>,
    /// `MA0001` and on; unique and gap-free in the organization.
    pub company_number: i64,
    /// Made.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// Last login or renewal.
    pub last_active_at: Option<Moment>,
    /// How often written.
    pub revision: Revision,
}

/// Which users, in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserQuery {
    /// Part of a name, login name or address, in any case.
    pub search: Option<String>,
    /// Of any of these roles; empty for all.
    pub roles: Vec<Role>,
    /// Only those who may, or may not, log in.
    pub is_active: Option<bool>,
    /// The order.
    pub order: UserOrder,
    /// Whether the order is turned around.
    pub descending: bool,
}

/// What users are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UserOrder {
    /// By the integer id, that is by age.
    #[default]
    CreatedAt,
    /// By address.
    Email,
    /// By family name, then given name.
    Name,
    /// By login name.
    Username,
}
