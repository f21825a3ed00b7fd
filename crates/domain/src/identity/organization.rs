//! Tenants.

use serde::{Deserialize, Serialize};

use crate::kernel::id::OrganizationId;

/// A tenant of the installation. Everything else belongs to exactly one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// Its identity.
    pub id: OrganizationId,
    /// Its word in URLs and registrations, unique.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Its internet domain.
    pub domain: Option<String>,
    /// IANA name of the zone that its days are counted in.
    pub time_zone: String,
    /// What it chose.
    pub settings: OrganizationSettings,
}

/// What an organization can choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrganizationSettings {
    /// Tickets of every channel wait for approval.
    pub requires_approval: bool,
    /// New accounts wait for approval.
    pub requires_account_approval: bool,
    /// For how many days a requester may reopen a resolved ticket.
    pub reopen_days: i64,
    /// For how many minutes authors may edit and delete their comments.
    pub comment_edit_minutes: i64,
}

impl Default for OrganizationSettings {
    fn default() -> Self {
        Self { requires_approval: false, requires_account_approval: false, reopen_days: 30, comment_edit_minutes: 15 }
    }
}
