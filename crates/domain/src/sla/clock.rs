//! The clocks of a ticket: what is promised on it, and what happens when the promise is in danger or broken.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::Deadline;
use crate::event::Happened;
use crate::kernel::clock::Moment;

/// What a clock measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockKind {
    /// From submission to the first public answer of staff.
    FirstResponse,
    /// From a requester's public reply to the next public answer of staff.
    NextResponse,
    /// From submission to resolution.
    Resolution,
}

impl ClockKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::FirstResponse, Self::NextResponse, Self::Resolution];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::FirstResponse => "first_response",
            Self::NextResponse => "next_response",
            Self::Resolution => "resolution",
        }
    }
}

/// One clock of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// What it measures.
    pub kind: ClockKind,
    /// How long it may run; none where nothing is promised.
    pub target: Option<TimeDelta>,
    /// When it began to run; none when it never has.
    pub start: Option<Moment>,
    /// When it stopped for good.
    pub stopped: Option<Moment>,
    /// Since when it stands, if it does.
    pub stands: Option<Moment>,
    /// Until when it may run.
    pub deadline: Deadline,
    /// Whether somebody gave the deadline: then all time counts, and the clock never stands.
    pub is_given: bool,
}

/// What a clock rings for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alarm {
    /// The promise is in danger.
    Warning,
    /// The promise is broken.
    Breach,
}

/// Which alarms of a ticket have rung; each rings once, those of the next response once for every reply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rung(u8);

impl Rung {
    /// As it is stored.
    pub const fn bits(self) -> i16 {
        self.0 as i16
    }

    /// As it was stored.
    pub const fn from_bits(bits: i16) -> Self {
        Self(bits.to_le_bytes()[0])
    }

    const fn bit(clock: ClockKind, alarm: Alarm) -> u8 {
        1 << (clock as u8 * 2 + alarm as u8)
    }

    /// Whether that alarm has rung.
    pub const fn has(self, clock: ClockKind, alarm: Alarm) -> bool {
        self.0 & Self::bit(clock, alarm) != 0
    }

    /// Notes that it has.
    pub fn note(&mut self, clock: ClockKind, alarm: Alarm) {
        self.0 |= Self::bit(clock, alarm);
    }

    /// Lets the alarms of a clock ring again.
    pub fn forget(&mut self, clock: ClockKind) {
        self.0 &= !(Self::bit(clock, Alarm::Warning) | Self::bit(clock, Alarm::Breach));
    }
}

impl Clock {
    /// When it rings, and for what: at risk and due, unless it stopped before. A clock that stands does not ring before it
    /// goes on.
    pub fn alarms(&self) -> impl Iterator<Item = (Moment, Alarm)> + use<> {
        let end = self.stopped.or(self.stands);
        let Deadline { due, at_risk } = self.deadline;
        let alarms = [(at_risk, Alarm::Warning), (due, Alarm::Breach)];
        alarms.into_iter().filter_map(|(at, alarm)| Some((at?, alarm))).filter(move |(at, _)| end.is_none_or(|end| *at < end))
    }

    /// What its alarm tells the world.
    pub fn rings(&self, alarm: Alarm) -> Option<Happened> {
        let (clock, due) = (self.kind, self.deadline.due?);
        Some(match alarm {
            Alarm::Warning => Happened::SlaWarned { clock, due },
            Alarm::Breach => Happened::SlaBreached { clock, due },
        })
    }
}
