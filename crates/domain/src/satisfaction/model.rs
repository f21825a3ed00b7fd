//! A rating.

use std::ops::Deref;

use crate::event::Happened;
use crate::kernel::clock::Moment;
use crate::kernel::id::{OrganizationId, Revision, Serial, TicketId, UserId};
use crate::kernel::text::RatingComment;
use crate::kernel::violation::Problem;
use crate::ticket::UserBrief;

/// How content somebody is: 1 (not at all) to 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score(u8);

impl Score {
    /// The least and the most.
    pub const RANGE: std::ops::RangeInclusive<i64> = 1..=5;

    /// Accepts 1 to 5.
    pub fn parse(number: i64) -> Result<Self, Problem> {
        match u8::try_from(number) {
            Ok(score) if Self::RANGE.contains(&number) => Ok(Self(score)),
            _ if number < *Self::RANGE.start() => Err(Problem::BelowMinimum(*Self::RANGE.start())),
            _ => Err(Problem::AboveMaximum(*Self::RANGE.end())),
        }
    }

    /// A score that is already known to be good.
    pub fn trusted(number: u8) -> Self {
        Self(number)
    }

    /// The number.
    pub fn number(self) -> u8 {
        self.0
    }
}

/// All that is kept of a rating.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatingState {
    /// Of which ticket; a ticket has one at most.
    pub ticket: TicketId,
    /// Tenant.
    pub organization: OrganizationId,
    /// Who rated: the requester.
    pub rated_by: UserId,
    /// How content they are.
    pub score: Score,
    /// What they say to it.
    pub comment: Option<RatingComment>,
    /// First rated.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often it was written.
    pub revision: Revision,
}

/// How content the requester of a ticket is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating(RatingState);

impl Deref for Rating {
    type Target = RatingState;

    fn deref(&self) -> &RatingState {
        &self.0
    }
}

impl Rating {
    /// A rating as it was stored.
    pub fn restored(state: RatingState) -> Self {
        Self(state)
    }

    /// A new rating.
    pub fn give(state: RatingState) -> (Self, Happened) {
        let rating = Self(state);
        let happened = rating.told();
        (rating, happened)
    }

    /// Rates differently; none when nothing differs.
    pub fn change(&mut self, score: Option<Score>, comment: Option<Option<RatingComment>>, now: Moment) -> Option<Happened> {
        let score = score.unwrap_or(self.score);
        let comment = comment.unwrap_or_else(|| self.comment.clone());
        if (score, &comment) == (self.score, &self.comment) {
            return None;
        }
        self.0.score = score;
        self.0.comment = comment;
        self.0.updated_at = now;
        Some(self.told())
    }

    fn told(&self) -> Happened {
        Happened::TicketRated { score: self.score.number(), comment: self.comment.as_ref().map(ToString::to_string) }
    }
}

/// A rating, shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatingView {
    /// The ticket's UUID.
    pub ticket: TicketId,
    /// The ticket's integer.
    pub ticket_serial: Serial,
    /// 1 to 5.
    pub score: u8,
    /// What the requester says to it.
    pub comment: Option<String>,
    /// Who rated.
    pub rated_by: UserBrief,
    /// First rated.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often it was written.
    pub revision: Revision,
}
