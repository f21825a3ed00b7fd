//! Tenants.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::IdentityError;
use crate::event::FieldChange;
use crate::kernel::clock::Moment;
use crate::kernel::id::{OrganizationId, Revision};

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
    /// How far its time is ahead, where it is a sandbox; none where it lives in real time.
    pub ahead: Option<TimeDelta>,
    /// How often it has changed.
    pub revision: Revision,
}

impl Organization {
    /// Whether its time can be moved, to try things out.
    pub fn is_sandbox(&self) -> bool {
        self.ahead.is_some()
    }

    /// Makes a sandbox of it, or lets it live in real time again; one whose time was moved stays what it is, since what
    /// happened there lies in the future.
    pub(super) fn choose_sandbox(&mut self, wanted: bool) -> Result<(), IdentityError> {
        match (self.ahead, wanted) {
            (Some(ahead), false) if !ahead.is_zero() => return Err(IdentityError::SandboxMoved),
            (_, false) => self.ahead = None,
            (ahead, true) => self.ahead = Some(ahead.unwrap_or_default()),
        }
        Ok(())
    }

    /// What is other than it was `before`, as a person would read it.
    pub(crate) fn changes_since(&self, before: &Self) -> Vec<FieldChange> {
        let (now, then) = (&self.settings, &before.settings);
        let fields = [
            ("name", Some(before.name.clone()), Some(self.name.clone())),
            ("domain", before.domain.clone(), self.domain.clone()),
            ("time_zone", Some(before.time_zone.clone()), Some(self.time_zone.clone())),
            ("sandbox", Some(before.is_sandbox().to_string()), Some(self.is_sandbox().to_string())),
            ("requires_approval", Some(then.requires_approval.to_string()), Some(now.requires_approval.to_string())),
            (
                "requires_account_approval",
                Some(then.requires_account_approval.to_string()),
                Some(now.requires_account_approval.to_string()),
            ),
            ("reopen_days", Some(then.reopen_days.to_string()), Some(now.reopen_days.to_string())),
            ("auto_close_days", days(then.auto_close), days(now.auto_close)),
            ("pending_reminder_days", days(then.pending_reminder), days(now.pending_reminder)),
            ("comment_edit_minutes", Some(then.comment_edit_minutes.to_string()), Some(now.comment_edit_minutes.to_string())),
        ];
        let change = |(field, old, new): (&str, _, _)| FieldChange { field: field.to_owned(), old, new };
        let changed = fields.into_iter().filter(|(_, old, new)| old != new).map(change);
        // An address may carry a secret too: that they changed is all that is told.
        let untold = [
            ("workflow_url", now.workflow_url != then.workflow_url),
            ("workflow_secret", now.workflow_secret != then.workflow_secret),
        ];
        let untold = untold.into_iter().filter(|(_, is_other)| *is_other).map(|(field, _)| change((field, None, None)));
        changed.chain(untold).collect()
    }
}

fn days(chosen: Option<Chosen>) -> Option<String> {
    chosen.map(|chosen| chosen.days.to_string())
}

/// So many days, and since when they hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// How many.
    pub days: i64,
    /// When that was chosen.
    pub since: Moment,
}

/// What an organization can choose.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// After how many days resolved tickets are closed; never when none.
    pub auto_close: Option<Chosen>,
    /// After how many days requesters of pending tickets are reminded; never when none.
    pub pending_reminder: Option<Chosen>,
    /// The workflow of its own that finished tickets are handed to.
    pub workflow_url: Option<String>,
    /// What is signed with for it.
    pub workflow_secret: Option<String>,
}

/// The secret stays untold.
impl std::fmt::Debug for OrganizationSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut told = f.debug_struct("OrganizationSettings");
        told.field("requires_approval", &self.requires_approval);
        told.field("requires_account_approval", &self.requires_account_approval);
        told.field("reopen_days", &self.reopen_days).field("comment_edit_minutes", &self.comment_edit_minutes);
        told.field("auto_close", &self.auto_close).field("pending_reminder", &self.pending_reminder);
        told.field("workflow_url", &self.workflow_url).finish_non_exhaustive()
    }
}

impl Default for OrganizationSettings {
    fn default() -> Self {
        Self {
            requires_approval: false,
            requires_account_approval: false,
            reopen_days: 30,
            comment_edit_minutes: 15,
            auto_close: None,
            pending_reminder: None,
            workflow_url: None,
            workflow_secret: None,
        }
    }
}
