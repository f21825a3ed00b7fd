//! The life of a ticket, as one table.

use serde::{Deserialize, Serialize};

use Status::{Closed, InProgress, New, OnHold, Open, Pending, Rejected, Resolved, Withdrawn};

/// Where a ticket is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Waits for approval.
    New,
    /// Waits for somebody to take it.
    Open,
    /// Somebody works on it.
    InProgress,
    /// Waits for the requester.
    Pending,
    /// Waits for somebody else.
    OnHold,
    /// Answered; the requester may still object.
    Resolved,
    /// Done.
    Closed,
    /// Refused before approval. Final.
    Rejected,
    /// Taken back by the requester. Final.
    Withdrawn,
}

impl Status {
    /// Every status, in the order of a life; its place here is its number in the store.
    pub const ALL: [Self; 9] = [New, Open, InProgress, Pending, OnHold, Resolved, Closed, Rejected, Withdrawn];

    /// The word that is stored and that stands in history and events.
    pub const fn word(self) -> &'static str {
        match self {
            New => "new",
            Open => "open",
            InProgress => "in_progress",
            Pending => "pending",
            OnHold => "on_hold",
            Resolved => "resolved",
            Closed => "closed",
            Rejected => "rejected",
            Withdrawn => "withdrawn",
        }
    }

    /// The status of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }

    /// Approved and not yet answered.
    pub const fn is_active(self) -> bool {
        matches!(self, Open | InProgress | Pending | OnHold)
    }

    /// Nothing more can become of it.
    pub const fn is_final(self) -> bool {
        matches!(self, Rejected | Withdrawn)
    }

    /// Whether an update of the status ever leads here.
    pub fn is_reached_by_update(self) -> bool {
        Self::ALL.into_iter().any(|from| from.updated_to(self).is_some())
    }

    /// The clock stands while others are waited for.
    pub const fn stops_the_clock(self) -> bool {
        matches!(self, Pending | OnHold)
    }

    /// Whether the requester may still change their own fields.
    pub const fn is_open_to_requester(self) -> bool {
        matches!(self, New | Open | InProgress | Pending | OnHold)
    }

    /// Where `action` leads from here; none where it leads nowhere.
    pub const fn after(self, action: Action) -> Option<Self> {
        Some(match (self, action) {
            (New, Action::Approve) => Open,
            (New, Action::Reject) => Rejected,
            (Open, Action::Claim) => InProgress,
            (Open | InProgress | Pending | OnHold, Action::Resolve) => Resolved,
            (Resolved, Action::Close) => Closed,
            (Open | InProgress | Pending | OnHold, Action::CloseOutright) => Closed,
            (Resolved | Closed, Action::Reopen) => Open,
            (New | Open | InProgress | Pending | OnHold, Action::Withdraw) => Withdrawn,
            (Pending, Action::Answer) => Open,
            (New | Open | InProgress | Pending | OnHold | Resolved, Action::Merge) => Closed,
            (from, Action::Update(to)) => return from.updated_to(to),
            _ => return None,
        })
    }

    /// Updates never leave `new` and never enter `rejected` or `withdrawn`: approve, reject and withdraw are for that.
    const fn updated_to(self, to: Self) -> Option<Self> {
        match (self, to) {
            (Open | InProgress | Pending | OnHold, Open | InProgress | Pending | OnHold | Resolved | Closed)
            | (Resolved, Open | InProgress | Closed)
            | (Closed, Open) => Some(to),
            _ => None,
        }
    }
}

/// What moves a ticket from one status to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Staff let it in.
    Approve,
    /// Staff refuse it.
    Reject,
    /// Somebody of staff takes it.
    Claim,
    /// Staff answer it.
    Resolve,
    /// The requester or staff are done with an answered ticket.
    Close,
    /// Staff close an active ticket without more ado; it counts as resolved.
    CloseOutright,
    /// It was not done after all.
    Reopen,
    /// The requester takes it back.
    Withdraw,
    /// The requester answers a question that staff waited for.
    Answer,
    /// Staff merge it into another ticket.
    Merge,
    /// Staff undo that.
    Unmerge,
    /// Staff set a status.
    Update(Status),
}

impl Action {
    /// What was done, for history.
    pub const fn past(self) -> &'static str {
        match self {
            Self::Approve => "approved",
            Self::Reject => "rejected",
            Self::Claim => "claimed",
            Self::Resolve => "resolved",
            Self::Close | Self::CloseOutright => "closed",
            Self::Reopen => "reopened",
            Self::Withdraw => "withdrawn",
            Self::Answer | Self::Merge | Self::Unmerge | Self::Update(_) => "status_changed",
        }
    }

    /// The action's name, for refusals.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Reject => "reject",
            Self::Claim => "claim",
            Self::Resolve => "resolve",
            Self::Close | Self::CloseOutright => "close",
            Self::Reopen => "reopen",
            Self::Withdraw => "withdraw",
            Self::Answer => "answer",
            Self::Merge => "merge",
            Self::Unmerge => "unmerge",
            Self::Update(_) => "update the status of",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_life_of_a_ticket_is_this_table() {
        let named = [
            Action::Approve,
            Action::Reject,
            Action::Claim,
            Action::Resolve,
            Action::Close,
            Action::CloseOutright,
            Action::Reopen,
            Action::Withdraw,
            Action::Answer,
            Action::Merge,
        ];
        let actions = named.into_iter().chain(Status::ALL.into_iter().map(Action::Update));
        let mut table = String::new();
        for action in actions {
            for from in Status::ALL {
                if let Some(to) = from.after(action) {
                    let name = match action {
                        Action::Update(to) => format!("update to {}", to.word()),
                        Action::CloseOutright => "close outright".to_owned(),
                        named => named.name().to_owned(),
                    };
                    table += &[&name, ": ", from.word(), " -> ", to.word(), "\n"].concat();
                }
            }
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn rejected_and_withdrawn_are_final() {
        for to in Status::ALL {
            assert_eq!(Rejected.after(Action::Update(to)), None);
            assert_eq!(Withdrawn.after(Action::Update(to)), None);
        }
    }
}
