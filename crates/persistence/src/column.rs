//! How values of the domain stand in a column.

use chrono::DateTime;
use helpdesk_domain::kernel::Moment;
use helpdesk_domain::sla::Deadline;
use helpdesk_domain::ticket::{Priority, Status};
use sea_orm::DbErr;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// `due_at` of a ticket without a deadline: it sorts last.
pub(crate) const NEVER: i64 = i64::MAX;

/// Microseconds since 1970.
pub(crate) fn micros(moment: Moment) -> i64 {
    moment.timestamp_micros()
}

/// Microseconds since 1970, if any.
pub(crate) fn some_micros(moment: Option<Moment>) -> Option<i64> {
    moment.map(micros)
}

/// The moment of so many microseconds since 1970.
pub(crate) fn moment(micros: i64) -> Result<Moment, DbErr> {
    DateTime::from_timestamp_micros(micros).ok_or_else(|| damaged("moment", micros))
}

/// The moment of so many microseconds since 1970, if any.
pub(crate) fn some_moment(micros: Option<i64>) -> Result<Option<Moment>, DbErr> {
    micros.map(moment).transpose()
}

/// A deadline of those microseconds, and from when on it is at risk.
pub(crate) fn deadline(due_at: i64, at_risk_at: i64) -> Result<Deadline, DbErr> {
    let given = |micros: i64| some_moment(Some(micros).filter(|micros| *micros != NEVER));
    Ok(Deadline { due: given(due_at)?, at_risk: given(at_risk_at)? })
}

/// The status of that number.
pub(crate) fn status(number: i16) -> Result<Status, DbErr> {
    usize::try_from(number).ok().and_then(|n| Status::ALL.get(n).copied()).ok_or_else(|| damaged("status", number))
}

/// The priority of that number; 0 is none.
pub(crate) fn priority(number: i16) -> Result<Option<Priority>, DbErr> {
    if number == 0 {
        return Ok(None);
    }
    let found = usize::try_from(number - 1).ok().and_then(|n| Priority::ALL.get(n).copied());
    found.map(Some).ok_or_else(|| damaged("priority", number))
}

/// A value as JSON text.
pub(crate) fn json<T: Serialize>(value: &T) -> Result<String, DbErr> {
    serde_json::to_string(value).map_err(|error| DbErr::Json(error.to_string()))
}

/// The value of JSON text.
pub(crate) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, DbErr> {
    serde_json::from_str(text).map_err(|error| DbErr::Json(error.to_string()))
}

/// A column that holds what nobody wrote.
pub(crate) fn damaged(what: &str, value: impl std::fmt::Display) -> DbErr {
    DbErr::Type(format!("{value} is no {what}"))
}
