//! Who of many is next.

use serde::{Deserialize, Serialize};

use super::{Agent, Skills};
use crate::kernel::id::Serial;

/// How somebody is chosen among those who can take a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strategy {
    /// The next behind the one who was served last.
    RoundRobin,
    /// Who has the fewest open tickets.
    LeastLoaded,
    /// Of those with the skills that are asked for, who has the fewest open tickets.
    Skill,
}

impl Strategy {
    /// Every strategy; its place here is its number in the store.
    pub const ALL: [Self; 3] = [Self::RoundRobin, Self::LeastLoaded, Self::Skill];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::RoundRobin => "round_robin",
            Self::LeastLoaded => "least_loaded",
            Self::Skill => "skill",
        }
    }

    /// The strategy of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|strategy| strategy.word() == word)
    }

    /// Who takes the next ticket, of agents in the order of their integers; none when nobody can. Of those who have as
    /// few, it is the next behind the one who was served last.
    pub fn choose<'a>(self, agents: &'a [Agent], wanted: &Skills, last: Option<Serial>) -> Option<&'a Agent> {
        let (before, behind): (Vec<_>, Vec<_>) = agents.iter().partition(|agent| last.is_some_and(|last| agent.serial <= last));
        let mut able = behind.into_iter().chain(before).filter(|agent| agent.can_take(wanted));
        match self {
            Self::RoundRobin => able.next(),
            Self::LeastLoaded | Self::Skill => able.min_by_key(|agent| agent.open),
        }
    }
}
