//! How many tickets there are of which sort, kept by every commit: lists and figures are counted at a million tickets
//! without reading them.

use std::collections::BTreeMap;

use helpdesk_domain::kernel::Moment;
use helpdesk_domain::ticket::{Priority, Status};
use sea_orm::{ConnectionTrait, DbErr, Value};

use crate::portable::repeated;
use crate::sql::Sql;

/// What a tally counts by; the number is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// All of the organization; value 0.
    All = 0,
    /// By category; 0 for none.
    Category = 1,
    /// By assignee; 0 for none.
    Assignee = 2,
    /// By requester.
    Requester = 3,
    /// By tag.
    Tag = 4,
    /// By department; 0 for none.
    Department = 5,
    /// By the UTC day of submission, whatever status and priority.
    CreatedDay = 6,
    /// By the UTC day of the deadline, active tickets only, whatever status and priority.
    DueDay = 7,
    /// Resolved tickets; the total is the seconds that they took.
    Resolution = 8,
    /// Tickets that staff have answered; the total is the seconds until they first did.
    FirstResponse = 9,
    /// Comments on tickets.
    Comment = 10,
}

impl Facet {
    /// The number that is stored.
    pub const fn number(self) -> i16 {
        self as i16
    }
}

/// Status and priority of the rows that are not split by them.
pub const ANY: i16 = -1;

/// What is counted of a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Tenant.
    pub organization: i64,
    /// Where it is in its life.
    pub status: Status,
    /// How urgent.
    pub priority: Option<Priority>,
    /// Category.
    pub category: Option<i64>,
    /// Department.
    pub department: Option<i64>,
    /// Who asked.
    pub requester: i64,
    /// Who works on it.
    pub assignee: Option<i64>,
    /// Labels.
    pub tags: Vec<i64>,
    /// Submitted.
    pub created_at: Moment,
    /// First public answer of staff.
    pub first_response_at: Option<Moment>,
    /// The deadline that counts.
    pub due_at: Option<Moment>,
    /// Resolved.
    pub resolved_at: Option<Moment>,
    /// Closed, rejected or withdrawn.
    pub closed_at: Option<Moment>,
}

/// One row of the tally.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Tenant.
    pub organization: i64,
    /// By what.
    pub facet: Facet,
    /// Which of it.
    pub value: i64,
    /// In which state, or [`ANY`].
    pub status: i16,
    /// Of which priority, or [`ANY`].
    pub priority: i16,
}

/// What is added to a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    /// Tickets.
    pub n: i64,
    /// Seconds.
    pub total: i64,
}

/// Amounts to add, in the order in which they are written: two commits never wait for each other crosswise.
pub type Sums = BTreeMap<Key, Amount>;

/// Tells what one ticket adds to the tally.
pub fn contributions(ticket: &Counted) -> Vec<(Key, Amount)> {
    let one = Amount { n: 1, total: 0 };
    let (status, priority) = (status_number(ticket.status), priority_number(ticket.priority));
    let row = |facet, value| (Key { organization: ticket.organization, facet, value, status, priority }, one);
    let bare =
        |facet, value, amount| (Key { organization: ticket.organization, facet, value, status: ANY, priority: ANY }, amount);
    let mut rows = vec![
        row(Facet::All, 0),
        row(Facet::Category, ticket.category.unwrap_or(0)),
        row(Facet::Assignee, ticket.assignee.unwrap_or(0)),
        row(Facet::Requester, ticket.requester),
        row(Facet::Department, ticket.department.unwrap_or(0)),
        bare(Facet::CreatedDay, day(ticket.created_at), one),
    ];
    rows.extend(ticket.tags.iter().map(|tag| row(Facet::Tag, *tag)));
    if let Some(due) = ticket.due_at.filter(|_| ticket.status.is_active()) {
        rows.push(bare(Facet::DueDay, day(due), one));
    }
    if let Some(answered) = ticket.first_response_at {
        let total = (answered - ticket.created_at).num_seconds();
        rows.push(bare(Facet::FirstResponse, 0, Amount { n: 1, total }));
    }
    if let Some(resolved) = ticket.resolved_at {
        let total = (resolved - ticket.created_at).num_seconds();
        rows.push(bare(Facet::Resolution, 0, Amount { n: 1, total }));
    }
    rows
}

/// Tells what so many comments more, or fewer, add to the tally.
pub fn comments(organization: i64, n: i64) -> (Key, Amount) {
    (Key { organization, facet: Facet::Comment, value: 0, status: ANY, priority: ANY }, Amount { n, total: 0 })
}

/// Moves a ticket from where it was counted to where it is now; none where it did not, or does not, exist.
pub async fn apply<C: ConnectionTrait>(connection: &C, before: Option<&Counted>, after: Option<&Counted>) -> Result<(), DbErr> {
    let mut sums = Sums::new();
    for (key, amount) in before.map(contributions).unwrap_or_default() {
        sum(&mut sums, key, Amount { n: -amount.n, total: -amount.total });
    }
    for (key, amount) in after.map(contributions).unwrap_or_default() {
        sum(&mut sums, key, amount);
    }
    add(connection, &sums).await
}

/// Adds an amount to a row of the sums.
pub fn sum(sums: &mut Sums, key: Key, amount: Amount) {
    let row = sums.entry(key).or_default();
    row.n += amount.n;
    row.total += amount.total;
}

/// As many rows as one statement takes; SQLite binds 32 766 values, PostgreSQL 65 535.
const ROWS: usize = 2_000;

/// Adds sums to the tally, in one statement unless there are thousands.
pub async fn add<C: ConnectionTrait>(connection: &C, sums: &Sums) -> Result<(), DbErr> {
    let rows: Vec<_> = sums.iter().filter(|(_, amount)| **amount != Amount::default()).collect();
    for rows in rows.chunks(ROWS) {
        let places = repeated("(?, ?, ?, ?, ?, ?, ?)", rows.len());
        let mut question =
            Sql::new("INSERT INTO ticket_tally (organization, facet, value, status, priority, n, total) VALUES ", []);
        question.bind(&places, rows.iter().flat_map(|(key, amount)| bound(**key, **amount)));
        question.push(
            " ON CONFLICT (organization, facet, value, status, priority) \
             DO UPDATE SET n = ticket_tally.n + excluded.n, total = ticket_tally.total + excluded.total",
        );
        question.execute(connection).await?;
    }
    Ok(())
}

fn bound(key: Key, amount: Amount) -> [Value; 7] {
    [
        key.organization.into(),
        key.facet.number().into(),
        key.value.into(),
        key.status.into(),
        key.priority.into(),
        amount.n.into(),
        amount.total.into(),
    ]
}

/// The number of a status in the store.
pub fn status_number(status: Status) -> i16 {
    status as i16
}

/// The number of a priority in the store; 0 for none.
pub fn priority_number(priority: Option<Priority>) -> i16 {
    priority.map_or(0, |priority| priority as i16 + 1)
}

/// The UTC day of a moment, counted from 1970.
pub fn day(moment: Moment) -> i64 {
    moment.timestamp().div_euclid(86_400)
}
