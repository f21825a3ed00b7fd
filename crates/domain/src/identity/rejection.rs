//! What is kept of people who were not let in.

use crate::kernel::clock::Moment;
use crate::kernel::id::{OrganizationId, RejectionId, Serial, UserId};

/// An account that somebody decided against, as it was. Never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// Identity.
    pub id: RejectionId,
    /// Tenant.
    pub organization: OrganizationId,
    /// The account; it is deleted.
    pub user: UserId,
    /// Its company number; nobody gets it again.
    pub company_number: i64,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Address; free for another account.
    pub email: String,
    /// Name of the department.
    pub department: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// Who decided.
    pub rejected_by: UserId,
    /// When.
    pub rejected_at: Moment,
}

/// A rejection, shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectionView {
    /// Integer.
    pub serial: Serial,
    /// What is kept.
    pub rejection: Rejection,
}
