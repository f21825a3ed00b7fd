//! Routing: whom tickets can be given to, which routes there are, and which tickets wait.

mod agents;
mod names;
mod routes;
mod waiting;

use helpdesk_domain::routing::Strategy;
use sea_orm::DbErr;

pub(crate) use agents::{MAY_BE_GIVEN, OPEN, open_statuses};

use crate::column::damaged;

/// The number of a strategy in the store.
pub(crate) fn strategy_number(strategy: Strategy) -> i16 {
    strategy as i16
}

/// The strategy of that number.
fn strategy(number: i16) -> Result<Strategy, DbErr> {
    let found = usize::try_from(number).ok().and_then(|n| Strategy::ALL.get(n).copied());
    found.ok_or_else(|| damaged("strategy", number))
}
