//! How many work orders there are of which sort, kept by every commit: lists are counted without reading them.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, DbErr, Value};

use crate::portable::repeated;
use crate::sql::Sql;

/// What the tally counts by; the number is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Facet {
    /// All of the organization; value 0.
    All = 0,
    /// By technician; 0 for none.
    Technician = 1,
    /// By customer; 0 for none.
    Customer = 2,
}

impl Facet {
    /// The number that is stored.
    pub const fn number(self) -> i16 {
        self as i16
    }
}

/// What is counted of a work order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Counted {
    pub organization: i64,
    pub status: i16,
    pub priority: i16,
    pub technician: Option<i64>,
    pub customer: Option<i64>,
}

/// A row of the tally: organization, facet, value, status, priority.
type Key = (i64, Facet, i64, i16, i16);

impl Counted {
    fn keys(&self) -> [Key; 3] {
        let Self { organization, status, priority, technician, customer } = *self;
        let key = |facet, value| (organization, facet, value, status, priority);
        [key(Facet::All, 0), key(Facet::Technician, technician.unwrap_or(0)), key(Facet::Customer, customer.unwrap_or(0))]
    }
}

/// Moves a work order from where it was counted to where it is.
pub(crate) async fn apply<C: ConnectionTrait>(connection: &C, was: Option<&Counted>, is: Option<&Counted>) -> Result<(), DbErr> {
    let gone = was.into_iter().map(|counted| (counted, -1));
    let come = is.into_iter().map(|counted| (counted, 1));
    add(connection, gone.chain(come)).await
}

/// Adds so many of each sort, in one statement and in one order, so that writers don't wait crosswise.
pub(crate) async fn add<'c, C: ConnectionTrait>(
    connection: &C,
    counted: impl IntoIterator<Item = (&'c Counted, i64)>,
) -> Result<(), DbErr> {
    let mut sums: BTreeMap<Key, i64> = BTreeMap::new();
    for (counted, n) in counted {
        for key in counted.keys() {
            *sums.entry(key).or_default() += n;
        }
    }
    sums.retain(|_, n| *n != 0);
    if sums.is_empty() {
        return Ok(());
    }
    let text = format!(
        "INSERT INTO work_order_tally (organization, facet, value, status, priority, n) VALUES {} \
         ON CONFLICT (organization, facet, value, status, priority) DO UPDATE SET n = work_order_tally.n + excluded.n",
        repeated("(?, ?, ?, ?, ?, ?)", sums.len())
    );
    let row = |((organization, facet, value, status, priority), n): (Key, i64)| -> [Value; 6] {
        [organization.into(), facet.number().into(), value.into(), status.into(), priority.into(), n.into()]
    };
    Sql::new(text, sums.into_iter().flat_map(row)).execute(connection).await
}
