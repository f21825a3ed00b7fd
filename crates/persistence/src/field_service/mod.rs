//! Field service: work orders, customers and locations, to decide on and to show.

mod customer;
mod found;
mod list;
mod location;
mod row;
pub(crate) mod tally;
pub(crate) mod text;
mod work_order;

use helpdesk_domain::field_service::{WorkOrderState, WorkPriority, WorkStatus};
use sea_orm::DbErr;

use crate::column::{NEVER, damaged, micros};

/// The numbers of the states in which a work order takes time.
pub(crate) const OPEN: &str = "0, 1, 2";

/// A status as it is stored: its place in a life.
pub(crate) fn status_number(status: WorkStatus) -> i16 {
    number(&WorkStatus::ALL, &status)
}

/// A priority as it is stored: its place among all.
pub(crate) fn priority_number(priority: WorkPriority) -> i16 {
    number(&WorkPriority::ALL, &priority)
}

fn number<T: PartialEq>(all: &[T], one: &T) -> i16 {
    (0..).zip(all).find(|(_, other)| *other == one).map_or(0, |(number, _)| number)
}

fn status(number: i16) -> Result<WorkStatus, DbErr> {
    let found = usize::try_from(number).ok().and_then(|n| WorkStatus::ALL.get(n).copied());
    found.ok_or_else(|| damaged("status of a work order", number))
}

pub(crate) fn priority(number: i16) -> Result<WorkPriority, DbErr> {
    let found = usize::try_from(number).ok().and_then(|n| WorkPriority::ALL.get(n).copied());
    found.ok_or_else(|| damaged("priority of a work order", number))
}

/// When the estimated time of a work order is over.
pub(crate) fn ends_at(order: &WorkOrderState) -> i64 {
    let minutes = order.estimated_minutes.unwrap_or(0);
    order.scheduled_at.map_or(NEVER, |start| micros(start) + minutes * 60_000_000)
}

/// `WO0001` and on.
pub(crate) fn number_word(number: i64) -> String {
    format!("WO{number:04}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_taken_by_what_is_not_over() {
        let open: Vec<String> =
            WorkStatus::ALL.into_iter().filter(|status| !status.is_final()).map(|s| status_number(s).to_string()).collect();
        assert_eq!(open.join(", "), OPEN);
    }
}
