//! Whom tickets can be given to.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::event::Named;
use crate::kernel::clock::Moment;
use crate::kernel::id::{DepartmentId, Revision, Serial, UserId};
use crate::kernel::text::Skill;
use crate::kernel::violation::Problem;

/// The most skills of a person, and that a route asks for.
pub const MOST_SKILLS: usize = 50;

/// What somebody can do, in words; small and capital letters are the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Skills(BTreeSet<Skill>);

impl Skills {
    /// Takes words, each once.
    pub fn parse(words: &[String]) -> Result<Self, Problem> {
        if words.len() > MOST_SKILLS {
            return Err(Problem::TooMany(MOST_SKILLS));
        }
        words.iter().map(|word| Skill::parse(&word.to_lowercase())).collect::<Result<_, _>>().map(Self)
    }

    /// Whether none is named.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether all of `wanted` are among them.
    pub fn cover(&self, wanted: &Self) -> bool {
        wanted.0.is_subset(&self.0)
    }

    /// The words, in the order of the alphabet.
    pub fn words(&self) -> Vec<String> {
        self.0.iter().map(Skill::to_string).collect()
    }
}

/// Among whom somebody is sought. Only who may be given tickets, and may log in, counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pool {
    /// The members of a department.
    Department(DepartmentId),
    /// These people.
    Named(Vec<UserId>),
}

/// Somebody whom tickets can be given to, as they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// Who.
    pub user: UserId,
    /// Their integer: the order in which turns go round.
    pub serial: Serial,
    /// First and last name.
    pub name: String,
    /// The most open tickets that they are given at once; none for no limit.
    pub capacity: Option<i64>,
    /// What they can do.
    pub skills: Skills,
    /// Whether they want any now.
    pub is_available: bool,
    /// How many open tickets they have.
    pub open: i64,
}

impl Agent {
    /// Whether they can be given one more that asks for these skills.
    pub fn can_take(&self, wanted: &Skills) -> bool {
        self.is_available && self.skills.cover(wanted) && self.capacity.is_none_or(|capacity| self.open < capacity)
    }

    /// Their name, for history.
    pub fn named(&self) -> Named {
        Named { id: self.user, name: self.name.clone() }
    }
}

/// What somebody bears, can do, and wants, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentProfile {
    /// Who.
    pub user: UserId,
    /// The most open tickets that they are given at once; none for no limit.
    pub capacity: Option<i64>,
    /// What they can do.
    pub skills: Skills,
    /// Whether they want any now.
    pub is_available: bool,
    /// Last changed.
    pub updated_at: Moment,
    /// How often it was written; 0 while nothing was said, and all of it is as for everybody.
    pub revision: Revision,
}

impl AgentProfile {
    /// Of somebody of whom nothing was said: without limit, without skills, available.
    pub fn of(user: UserId) -> Self {
        let (skills, updated_at) = (Skills::default(), Moment::UNIX_EPOCH);
        Self { user, capacity: None, skills, is_available: true, updated_at, revision: 0 }
    }
}
