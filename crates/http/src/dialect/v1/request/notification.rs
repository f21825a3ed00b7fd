//! Which notifications the caller wants: the same in both dialects, and the same to read as to write.

use std::collections::BTreeMap;

use helpdesk_domain::notification::NotificationKind;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Of each kind of notification, whether the caller wants it.
#[derive(Debug, Serialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "a switch for each kind of notification")]
pub struct NotificationPreferences {
    /// Somebody mentioned one.
    pub mention: bool,
    /// One has got a ticket to work on.
    pub assignment: bool,
    /// Somebody answered on a ticket of one's own, or that one works on.
    pub reply: bool,
    /// Such a ticket moved on.
    pub status_change: bool,
    /// A deadline of such a ticket comes near.
    pub sla_warning: bool,
    /// A deadline of such a ticket has passed.
    pub sla_breach: bool,
    /// One has got a work order, or one's work order moved on.
    pub work_order: bool,
    /// Somebody opened a ticket; for staff, and off until it is chosen.
    pub ticket_created: bool,
    /// A rule tells one something.
    pub automation: bool,
}

/// Changes to them; absent ones stay.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct NotificationPreferencesChange {
    /// Somebody mentioned one.
    pub mention: Option<bool>,
    /// One has got a ticket to work on.
    pub assignment: Option<bool>,
    /// Somebody answered on a ticket of one's own, or that one works on.
    pub reply: Option<bool>,
    /// Such a ticket moved on.
    pub status_change: Option<bool>,
    /// A deadline of such a ticket comes near.
    pub sla_warning: Option<bool>,
    /// A deadline of such a ticket has passed.
    pub sla_breach: Option<bool>,
    /// One has got a work order, or one's work order moved on.
    pub work_order: Option<bool>,
    /// Somebody opened a ticket; for staff.
    pub ticket_created: Option<bool>,
    /// A rule tells one something.
    pub automation: Option<bool>,
}

impl From<&BTreeMap<NotificationKind, bool>> for NotificationPreferences {
    fn from(wanted: &BTreeMap<NotificationKind, bool>) -> Self {
        let wants = |kind| wanted.get(&kind).copied().unwrap_or_default();
        Self {
            mention: wants(NotificationKind::Mention),
            assignment: wants(NotificationKind::Assignment),
            reply: wants(NotificationKind::Reply),
            status_change: wants(NotificationKind::StatusChange),
            sla_warning: wants(NotificationKind::SlaWarning),
            sla_breach: wants(NotificationKind::SlaBreach),
            work_order: wants(NotificationKind::WorkOrder),
            ticket_created: wants(NotificationKind::TicketCreated),
            automation: wants(NotificationKind::Automation),
        }
    }
}

impl NotificationPreferencesChange {
    /// What was chosen.
    pub fn into_choices(self) -> BTreeMap<NotificationKind, bool> {
        let Self { mention, assignment, reply, status_change, sla_warning, sla_breach, work_order, ticket_created, automation } =
            self;
        let given = [
            (NotificationKind::Mention, mention),
            (NotificationKind::Assignment, assignment),
            (NotificationKind::Reply, reply),
            (NotificationKind::StatusChange, status_change),
            (NotificationKind::SlaWarning, sla_warning),
            (NotificationKind::SlaBreach, sla_breach),
            (NotificationKind::WorkOrder, work_order),
            (NotificationKind::TicketCreated, ticket_created),
            (NotificationKind::Automation, automation),
        ];
        given.into_iter().filter_map(|(kind, wanted)| Some((kind, wanted?))).collect()
    }
}
