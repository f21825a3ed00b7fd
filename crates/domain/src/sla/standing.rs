//! How a ticket stands against a deadline.

use chrono::TimeDelta;

use crate::kernel::clock::Moment;

/// How a ticket stands against its deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SlaState {
    /// More than the risky share of the target remains, or there is no target.
    OnTrack,
    /// The risky share or less remains.
    AtRisk,
    /// Late.
    Breached,
    /// The clock stands.
    Paused,
    /// Done in time.
    Met,
}

impl SlaState {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::OnTrack, Self::AtRisk, Self::Breached, Self::Paused, Self::Met];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::OnTrack => "on_track",
            Self::AtRisk => "at_risk",
            Self::Breached => "breached",
            Self::Paused => "paused",
            Self::Met => "met",
        }
    }

    /// The state of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// How a ticket stands, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlaStatus {
    /// State.
    pub state: SlaState,
    /// Resolution deadline; none without a target.
    pub due: Option<Moment>,
    /// Whole minutes until the deadline, rounded down, negative when late; none without a target.
    pub minutes_left: Option<i64>,
}

/// A deadline, and from when on it is at risk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deadline {
    /// The deadline, with all pauses counted that have ended; none without a target.
    pub due: Option<Moment>,
    /// The first instant at which no more than the risky share of the target remains.
    pub at_risk: Option<Moment>,
}

impl Deadline {
    /// How a ticket stands against it, that stopped counting at `stopped`, or whose clock stands since `paused`.
    pub fn status(self, stopped: Option<Moment>, paused: Option<Moment>, now: Moment) -> SlaStatus {
        let Self { due, at_risk } = self;
        let at = stopped.or(paused).unwrap_or(now);
        let left = due.map(|due| due - at);
        let state = match left {
            Some(left) if left < TimeDelta::zero() => SlaState::Breached,
            _ if stopped.is_some() => SlaState::Met,
            _ if paused.is_some() => SlaState::Paused,
            Some(_) if at_risk.is_some_and(|risk| risk <= at) => SlaState::AtRisk,
            _ => SlaState::OnTrack,
        };
        SlaStatus { state, due, minutes_left: left.map(|left| left.num_microseconds().unwrap_or(0).div_euclid(60_000_000)) }
    }
}
