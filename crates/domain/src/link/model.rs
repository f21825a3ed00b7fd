//! A link.

use super::{LinkKind, Relation};
use crate::kernel::clock::Moment;
use crate::kernel::id::{LinkId, OrganizationId, Serial, TicketId, UserId};
use crate::ticket::{TicketBrief, UserBrief};

/// A link between two tickets. It never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketLink {
    /// Identity.
    pub id: LinkId,
    /// Tenant.
    pub organization: OrganizationId,
    /// Where it begins.
    pub from: TicketId,
    /// Where it leads to.
    pub to: TicketId,
    /// How the first belongs to the second.
    pub kind: LinkKind,
    /// Who made it.
    pub created_by: UserId,
    /// When.
    pub created_at: Moment,
}

/// A link, shown from one of its ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkView {
    /// UUID.
    pub id: LinkId,
    /// Integer.
    pub serial: Serial,
    /// How the ticket that it is shown with belongs to the other.
    pub relation: Relation,
    /// The other ticket.
    pub ticket: TicketBrief,
    /// Who made it.
    pub created_by: UserBrief,
    /// When.
    pub created_at: Moment,
}
