//! Conditions on one ticket, `t`.

use helpdesk_domain::sla::SlaState;
use sea_orm::Value;

use crate::column::NEVER;
use crate::portable::repeated;
use crate::sql::Sql;

/// A column that tickets are filtered by and that leads an index ordered by age.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Requester,
    Assignee,
    Category,
    Department,
    Status,
    Priority,
    /// Where the clock of resolution is.
    Phase,
}

impl Column {
    const fn name(self) -> &'static str {
        match self {
            Self::Requester => "t.requester",
            Self::Assignee => "t.assignee",
            Self::Category => "t.category",
            Self::Department => "t.department",
            Self::Status => "t.status",
            Self::Priority => "t.priority",
            Self::Phase => "t.sla_phase",
        }
    }
}

/// What must hold of a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Condition {
    Is(Column, i64),
    IsNot(Column, i64),
    IsNone(Column),
    In(Column, Vec<i64>),
    CreatedFrom(i64),
    CreatedBefore(i64),
    DueFrom(i64),
    DueBefore(i64),
    /// In one of these states against the deadline at that time.
    Stands(Vec<SlaState>, i64),
    HasDeadline,
    HasNoDeadline,
    /// Asked by or assigned to.
    Involves(i64),
    TaggedAny(Vec<i64>),
    TaggedNone(Vec<i64>),
}

/// Which index a question walks. The database is not asked: it cannot know how far a list will be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Driver {
    /// The index by last change or deadline, which the list is sorted by; everything else is looked at on the way.
    Order,
    /// The index of a column that is filtered by, ordered by age.
    Column(Column),
    /// The index by deadline, in a list that is sorted otherwise.
    Due,
    /// The tickets of a tag, ordered by age.
    Tag,
    /// The index by age.
    Age,
}

impl Condition {
    /// The condition as SQL. A unary plus keeps a column's index out of the way of the one that drives.
    pub fn sql(&self, driver: Driver) -> Sql {
        let column = |column: Column| {
            let plus = if driver == Driver::Column(column) { "" } else { "+" };
            format!("{plus}{}", column.name())
        };
        match self {
            Self::Is(of, value) => Sql::new(format!("{} = ?", column(*of)), [(*value).into()]),
            Self::IsNot(of, value) => Sql::new(format!("+{} <> ?", of.name()), [(*value).into()]),
            Self::IsNone(of) => Sql::new(format!("{} IS NULL", column(*of)), []),
            Self::In(of, values) => Sql::new(format!("{} IN ({})", column(*of), places(values)), all(values)),
            Self::CreatedFrom(micros) => Sql::new(format!("{} >= ?", age(driver)), [(*micros).into()]),
            Self::CreatedBefore(micros) => Sql::new(format!("{} < ?", age(driver)), [(*micros).into()]),
            Self::Involves(account) => Sql::new("(+t.requester = ? OR +t.assignee = ?)", [(*account).into(), (*account).into()]),
            Self::DueFrom(micros) => Sql::new(format!("{} >= ?", due(driver)), [(*micros).into()]),
            Self::DueBefore(micros) => Sql::new(format!("{} < ?", due(driver)), [(*micros).into()]),
            Self::Stands(states, now) => {
                let mut sql = Sql::new("(", []);
                sql.append(Sql::joined(states.iter().map(|state| stands(*state, *now)), " OR ")).push(")");
                sql
            }
            Self::HasDeadline => Sql::new("t.due_at < ?", [NEVER.into()]),
            Self::HasNoDeadline => Sql::new("t.due_at = ?", [NEVER.into()]),
            Self::TaggedAny(tags) if driver == Driver::Tag => {
                tagged("t.serial IN (SELECT ticket FROM ticket_tag WHERE tag IN (", tags, "))")
            }
            Self::TaggedAny(tags) => {
                tagged("EXISTS (SELECT 1 FROM ticket_tag AS x WHERE x.ticket = t.serial AND x.tag IN (", tags, "))")
            }
            Self::TaggedNone(tags) => {
                tagged("NOT EXISTS (SELECT 1 FROM ticket_tag AS x WHERE x.ticket = t.serial AND x.tag IN (", tags, "))")
            }
        }
    }
}

fn due(driver: Driver) -> &'static str {
    if matches!(driver, Driver::Due | Driver::Order) { "t.due_at" } else { "+t.due_at" }
}

/// The phases in which a ticket may be in that state.
pub(super) const fn phases(state: SlaState) -> &'static [i64] {
    match state {
        SlaState::OnTrack | SlaState::AtRisk => &[0],
        SlaState::Paused => &[1],
        SlaState::Met => &[2],
        SlaState::Breached => &[0, 3, 4],
    }
}

/// Whether a ticket is in that state.
fn stands(state: SlaState, now: i64) -> Sql {
    match state {
        SlaState::OnTrack => Sql::new("(+t.sla_phase = 0 AND +t.due_at >= ? AND +t.at_risk_at > ?)", [now.into(), now.into()]),
        SlaState::AtRisk => Sql::new("(+t.sla_phase = 0 AND +t.due_at >= ? AND +t.at_risk_at <= ?)", [now.into(), now.into()]),
        SlaState::Paused => Sql::new("+t.sla_phase = 1", []),
        SlaState::Met => Sql::new("+t.sla_phase = 2", []),
        SlaState::Breached => Sql::new("(+t.sla_phase > 2 OR (+t.sla_phase = 0 AND +t.due_at < ?))", [now.into()]),
    }
}

fn age(driver: Driver) -> &'static str {
    match driver {
        Driver::Order | Driver::Due => "+t.created_at",
        Driver::Tag => "g.created_at",
        Driver::Column(_) | Driver::Age => "t.created_at",
    }
}

fn tagged(before: &str, tags: &[i64], behind: &str) -> Sql {
    Sql::new(format!("{before}{}{behind}", places(tags)), all(tags))
}

fn places(values: &[i64]) -> String {
    repeated("?", values.len())
}

fn all(values: &[i64]) -> impl Iterator<Item = Value> {
    values.iter().map(|value| (*value).into())
}
