//! A merge or a split, as it is kept to be undone.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::kernel::clock::Moment;
use crate::kernel::id::{CommentId, LinkId, OrganizationId, TagId, TicketId, TransferId, UserId};
use crate::ticket::Former;

/// Why comments and files went from one ticket to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransferKind {
    /// The first goes on in the second.
    Merge,
    /// The second was made of a part of the first.
    Split,
}

/// What goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moved {
    /// All comments and files that the ticket has when it is written.
    All,
    /// These comments with their files.
    Comments(Vec<CommentId>),
}

/// What undoing puts back besides comments and files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// The link that was made between the two.
    pub link: LinkId,
    /// The note that was left on the first, if any.
    pub note: Option<CommentId>,
    /// The labels that the second got.
    pub added_tags: BTreeSet<TagId>,
    /// What the first was like, where it was merged.
    pub former: Option<Former>,
}

/// A merge or a split that has not been undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// Identity.
    pub id: TransferId,
    /// Tenant.
    pub organization: OrganizationId,
    /// Why.
    pub kind: TransferKind,
    /// From which ticket.
    pub source: TicketId,
    /// To which ticket.
    pub target: TicketId,
    /// What goes; not read back.
    pub moved: Moved,
    /// What undoing puts back besides.
    pub before: Before,
    /// Who did it.
    pub made_by: UserId,
    /// When.
    pub made_at: Moment,
}
