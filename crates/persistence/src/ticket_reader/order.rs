//! The order of a list, and the cursor that names a place in it.

use helpdesk_domain::ticket::{TicketOrder, TicketSort};

use super::row::Listed;
use crate::column::micros;
use crate::tally::{priority_number, status_number};

/// What tickets are sorted by in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    CreatedAt,
    UpdatedAt,
    Due,
    Priority,
    Status,
    /// The order of submission; unique.
    Serial,
}

impl Key {
    pub const fn column(self) -> &'static str {
        match self {
            Self::CreatedAt => "t.created_at",
            Self::UpdatedAt => "t.updated_at",
            Self::Due => "t.due_at",
            Self::Priority => "t.priority",
            Self::Status => "t.status",
            Self::Serial => "t.serial",
        }
    }

    const fn letter(self) -> char {
        match self {
            Self::CreatedAt => 'c',
            Self::UpdatedAt => 'u',
            Self::Due => 'd',
            Self::Priority => 'p',
            Self::Status => 's',
            Self::Serial => 'n',
        }
    }

    fn value(self, listed: &Listed) -> i64 {
        match self {
            Self::CreatedAt => micros(listed.row.created_at),
            Self::UpdatedAt => micros(listed.row.updated_at),
            Self::Due => listed.due_at,
            Self::Priority => priority_number(listed.row.priority).into(),
            Self::Status => status_number(listed.row.status).into(),
            Self::Serial => listed.row.serial,
        }
    }
}

/// One level of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Level {
    pub key: Key,
    pub descending: bool,
}

impl Level {
    pub const fn direction(self) -> &'static str {
        if self.descending { "DESC" } else { "ASC" }
    }
}

/// Levels of order, the last one unique.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Order(pub Vec<Level>);

const NEWEST: [Level; 2] = [Level { key: Key::CreatedAt, descending: true }, Level { key: Key::Serial, descending: true }];

impl Order {
    /// The order that was asked for; ties go to the newer ticket. Relevance is for searches and says nothing here.
    pub fn of(asked: &[TicketOrder]) -> Self {
        let mut levels: Vec<Level> = Vec::new();
        for order in asked {
            let key = match order.by {
                TicketSort::CreatedAt => Key::CreatedAt,
                TicketSort::UpdatedAt => Key::UpdatedAt,
                TicketSort::DueDate => Key::Due,
                TicketSort::Priority => Key::Priority,
                TicketSort::Status => Key::Status,
                TicketSort::Relevance => continue,
            };
            if !levels.iter().any(|level| level.key == key) {
                levels.push(Level { key, descending: order.descending });
            }
        }
        let by_time = |level: &Level| matches!(level.key, Key::CreatedAt | Key::UpdatedAt | Key::Due);
        let tie = if levels.iter().any(by_time) { &NEWEST[1..] } else { &NEWEST[..] };
        levels.extend_from_slice(tie);
        Self(levels)
    }

    /// The order of a list found by words: the order of submission is the index's own.
    pub fn of_search(asked: &[TicketOrder]) -> Self {
        let Self(levels) = Self::of(asked);
        match levels.first() {
            Some(Level { key: Key::CreatedAt, descending }) => Self(vec![Level { key: Key::Serial, descending: *descending }]),
            _ => Self(levels),
        }
    }

    pub fn first(&self) -> Option<Level> {
        self.0.first().copied()
    }

    /// Whether an index, or one range of an index for each state or priority, is in this order.
    pub fn is_indexed(&self) -> bool {
        let key = |n: usize| self.0.get(n).map(|level| level.key);
        match key(0) {
            Some(Key::Status | Key::Priority) => key(1) == Some(Key::CreatedAt),
            _ => true,
        }
    }

    /// The place of a ticket in this order, as text: the order, then a number for each level.
    pub fn cursor(&self, listed: &Listed) -> String {
        self.0.iter().fold(self.name(), |text, level| format!("{text}.{}", level.key.value(listed)))
    }

    /// The place that a cursor of this order names; none when it is not one.
    pub fn place(&self, cursor: &str) -> Option<Vec<i64>> {
        let mut parts = cursor.split('.');
        if parts.next()? != self.name() {
            return None;
        }
        let values: Vec<i64> = parts.map(|part| part.parse().ok()).collect::<Option<_>>()?;
        (values.len() == self.0.len()).then_some(values)
    }

    /// A letter for each level, small when ascending.
    fn name(&self) -> String {
        let letter = |level: &Level| if level.descending { level.key.letter().to_ascii_uppercase() } else { level.key.letter() };
        self.0.iter().map(letter).collect()
    }
}
