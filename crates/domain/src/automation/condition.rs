//! When a rule applies.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Field;
use super::facts::Facts;
use super::term::{Names, Term};

/// How a field is asked about. A field is a set of values: of none, of one, or of tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// It has this value; `null`: it is empty.
    Is,
    /// It has not.
    IsNot,
    /// It has one of these.
    In,
    /// It has none of these.
    NotIn,
    /// Its text has this in it, in any case; of tags: this is one of them.
    Contains,
    /// It has not.
    NotContains,
    /// It had this value before the event.
    Was,
    /// It had not.
    WasNot,
    /// The event gave it another value.
    Changed,
    /// The event gave it this value.
    ChangedTo,
    /// The event took this value from it.
    ChangedFrom,
}

impl Op {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Is,
        Self::IsNot,
        Self::In,
        Self::NotIn,
        Self::Contains,
        Self::NotContains,
        Self::Was,
        Self::WasNot,
        Self::Changed,
        Self::ChangedTo,
        Self::ChangedFrom,
    ];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Is => "is",
            Self::IsNot => "is_not",
            Self::In => "in",
            Self::NotIn => "not_in",
            Self::Contains => "contains",
            Self::NotContains => "not_contains",
            Self::Was => "was",
            Self::WasNot => "was_not",
            Self::Changed => "changed",
            Self::ChangedTo => "changed_to",
            Self::ChangedFrom => "changed_from",
        }
    }

    /// The one of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|op| op.word() == word)
    }

    /// Whether it takes a list of values.
    pub const fn takes_list(self) -> bool {
        matches!(self, Self::In | Self::NotIn)
    }

    /// Whether it asks about an event.
    pub const fn asks_about_event(self) -> bool {
        matches!(self, Self::Was | Self::WasNot | Self::Changed | Self::ChangedTo | Self::ChangedFrom)
    }
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// About what.
    pub field: Field,
    /// How it is asked.
    pub op: Op,
    /// What for; none is emptiness.
    pub values: Vec<Option<Term>>,
}

/// What fields have, in small letters: made once, however many conditions look into a long text.
#[derive(Default)]
struct Lowered(BTreeMap<Field, Vec<Term>>);

impl Lowered {
    fn of(&mut self, facts: &Facts<'_>, field: &Field) -> &[Term] {
        self.0.entry(field.clone()).or_insert_with(|| facts.now(field).iter().map(Term::lowered).collect())
    }
}

/// Conditions: every one of `all` must hold, and of `any` one, where there are any.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Conditions {
    /// Those that must all hold.
    pub all: Vec<Condition>,
    /// Those of which one must.
    pub any: Vec<Condition>,
}

impl Conditions {
    /// The most conditions in each of the two.
    pub const MOST: usize = 50;
    /// The most values that one condition asks for.
    pub const MOST_VALUES: usize = 100;

    /// Whether they hold.
    pub fn hold(&self, facts: &Facts<'_>) -> bool {
        let mut lowered = Lowered::default();
        self.all.iter().all(|condition| condition.holds(facts, &mut lowered))
            && (self.any.is_empty() || self.any.iter().any(|condition| condition.holds(facts, &mut lowered)))
    }

    /// All of them.
    pub fn each(&self) -> impl Iterator<Item = &Condition> {
        self.all.iter().chain(&self.any)
    }
}

impl Condition {
    /// The things that it names.
    pub fn names(&self) -> impl Iterator<Item = Uuid> {
        let id = |term: &Term| if let Term::Id(id) = term { Some(*id) } else { None };
        self.values.iter().flatten().filter_map(id)
    }

    fn holds(&self, facts: &Facts<'_>, lowered: &mut Lowered) -> bool {
        let field = &self.field;
        match self.op {
            Op::Is | Op::In => self.found(&facts.now(field), facts.names),
            Op::IsNot | Op::NotIn => !self.found(&facts.now(field), facts.names),
            Op::Contains => self.contained(lowered.of(facts, field), facts.names),
            Op::NotContains => !self.contained(lowered.of(facts, field), facts.names),
            Op::Was => self.found(&facts.before(field), facts.names),
            Op::WasNot => !self.found(&facts.before(field), facts.names),
            Op::Changed => facts.change(field).is_some(),
            Op::ChangedTo => facts.change(field).is_some_and(|(before, after)| self.moved(&before, &after, facts.names)),
            Op::ChangedFrom => facts.change(field).is_some_and(|(before, after)| self.moved(&after, &before, facts.names)),
        }
    }

    /// Whether one of the values it asks for is among these.
    fn found(&self, present: &[Term], names: &Names) -> bool {
        self.values.iter().any(|wanted| match wanted {
            None => present.is_empty(),
            Some(wanted) => present.iter().any(|term| term.is(wanted, names)),
        })
    }

    fn contained(&self, lowered: &[Term], names: &Names) -> bool {
        let mut wanted = self.values.iter().flatten().map(Term::lowered);
        wanted.any(|wanted| lowered.iter().any(|term| term.has(&wanted, names)))
    }

    fn moved(&self, without: &[Term], with: &[Term], names: &Names) -> bool {
        self.found(with, names) && !self.found(without, names)
    }
}
