//! The clock that runs while a ticket waits for staff, and stands while it waits for others.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::Targets;
use crate::kernel::clock::Moment;

/// A time during which the clock stood. `[from, to)`; still standing without `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// When the ticket began to wait for others.
    pub from: Moment,
    /// When it went on.
    pub to: Option<Moment>,
}

/// All pauses of a ticket, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pauses(pub Vec<Pause>);

impl Pauses {
    /// Pauses in any order, as pauses in order; those that meet are one.
    pub fn of(mut pauses: Vec<Pause>) -> Self {
        pauses.sort_by_key(|pause| pause.from);
        let mut merged: Vec<Pause> = Vec::new();
        for pause in pauses {
            match merged.last_mut() {
                Some(last) if last.to.is_none_or(|to| pause.from <= to) => {
                    last.to = last.to.zip(pause.to).map(|(one, other)| one.max(other));
                }
                _ => merged.push(pause),
            }
        }
        Self(merged)
    }

    /// Whether the clock stands.
    pub fn is_paused(&self) -> bool {
        self.0.last().is_some_and(|pause| pause.to.is_none())
    }

    /// Stops the clock, if it runs.
    pub fn begin(&mut self, now: Moment) {
        if !self.is_paused() {
            self.0.push(Pause { from: now, to: None });
        }
    }

    /// Lets the clock go on, if it stands.
    pub fn end(&mut self, now: Moment) {
        if let Some(pause) = self.0.last_mut().filter(|pause| pause.to.is_none()) {
            pause.to = Some(now);
        }
    }

    /// How long the clock stood, pauses that have ended only: the deadline moves when a pause ends.
    pub fn ended(&self) -> TimeDelta {
        self.0.iter().filter_map(|pause| pause.to.map(|to| to - pause.from)).sum()
    }

    /// Since when the clock stands, if it does.
    pub fn standing_since(&self) -> Option<Moment> {
        self.0.last().filter(|pause| pause.to.is_none()).map(|pause| pause.from)
    }
}

/// How a ticket stands against its deadline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlaState {
    /// More than the risky share of the target remains, or there is no target.
    OnTrack,
    /// The risky share or less remains.
    AtRisk,
    /// Late.
    Breached,
    /// The clock stands.
    Paused,
    /// Resolved in time.
    Met,
}

impl SlaState {
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

/// How a ticket stands against its resolution deadline.
///
/// `due` is the deadline with all ended pauses counted, `stopped` the moment of resolution (or of whatever
/// ended the ticket), `target` the time there was in all.
pub fn resolution_status(
    due: Option<Moment>,
    target: TimeDelta,
    at_risk_percent: i32,
    pauses: &Pauses,
    stopped: Option<Moment>,
    now: Moment,
) -> SlaStatus {
    let at = stopped.or(pauses.standing_since()).unwrap_or(now);
    let left = due.map(|due| due - at);
    let state = match left {
        Some(left) if left < TimeDelta::zero() => SlaState::Breached,
        _ if stopped.is_some() => SlaState::Met,
        _ if pauses.is_paused() => SlaState::Paused,
        Some(left) if left * 100 <= target * at_risk_percent => SlaState::AtRisk,
        _ => SlaState::OnTrack,
    };
    SlaStatus { state, due, minutes_left: left.map(|left| left.num_seconds().div_euclid(60)) }
}

impl Targets {
    /// The deadline of a ticket: its start, the target, and every pause that has ended.
    pub fn resolution_due(&self, start: Moment, pauses: &Pauses) -> Moment {
        start + self.resolution + pauses.ended()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ticket::Priority;

    fn at(minutes: i64) -> Moment {
        Moment::UNIX_EPOCH + TimeDelta::minutes(minutes)
    }

    fn status(pauses: &Pauses, stopped: Option<Moment>, now: Moment) -> SlaStatus {
        let targets = Targets::standard(Priority::Critical);
        let due = targets.resolution_due(at(0), pauses);
        resolution_status(Some(due), targets.resolution, targets.at_risk_percent, pauses, stopped, now)
    }

    #[test]
    fn half_of_the_target_left_is_a_risk_and_nothing_left_is_not_yet_a_breach() {
        let none = Pauses::default();
        assert_eq!(status(&none, None, at(119)).state, SlaState::OnTrack);
        assert_eq!(status(&none, None, at(120)).state, SlaState::AtRisk);
        assert_eq!(status(&none, None, at(240)).state, SlaState::AtRisk);
        assert_eq!(status(&none, None, at(241)).state, SlaState::Breached);
    }

    #[test]
    fn minutes_are_rounded_down_and_negative_when_late() {
        let late = at(240) + TimeDelta::seconds(1);
        assert_eq!(status(&Pauses::default(), None, late).minutes_left, Some(-1));
    }

    #[test]
    fn a_pause_moves_the_deadline_when_it_ends() {
        let mut pauses = Pauses::default();
        pauses.begin(at(60));
        assert_eq!(
            status(&pauses, None, at(500)),
            SlaStatus { state: SlaState::Paused, due: Some(at(240)), minutes_left: Some(180) }
        );
        pauses.end(at(160));
        assert_eq!(status(&pauses, None, at(160)).due, Some(at(340)));
    }

    #[test]
    fn a_resolution_in_time_is_met_for_ever_and_a_late_one_stays_breached() {
        assert_eq!(status(&Pauses::default(), Some(at(240)), at(9999)).state, SlaState::Met);
        assert_eq!(status(&Pauses::default(), Some(at(241)), at(9999)).state, SlaState::Breached);
    }
}
