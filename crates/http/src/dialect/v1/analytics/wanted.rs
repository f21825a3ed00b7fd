//! What figures are asked for.

use chrono::NaiveDate;
use helpdesk_domain::analytics::{Edge, Wanted};
use helpdesk_domain::kernel::{Check, Problem as FieldProblem};
use helpdesk_domain::ticket::command::FindTickets;
use serde_json::Value;

use crate::dialect::v1::Voice;
use crate::dialect::v1::request::list::find;
use crate::gate::Params;
use crate::gate::params::moment;
use crate::problem::Problem;

/// The days and the filters of a request.
pub fn wanted(params: &Params, voice: Voice) -> Result<Wanted, Problem> {
    let mut check = Check::new();
    let from = check.optional("date_from", params.get(&["date_from"]).map(edge));
    let to = check.optional("date_to", params.get(&["date_to"]).map(edge));
    check.done()?;
    let range = params.get(&["date_range"]).map(str::to_owned);
    Ok(Wanted { range, from, to, filters: filters(params, voice)? })
}

/// A date alone is a day of the organization's zone.
fn edge(text: &str) -> Result<Edge, FieldProblem> {
    match NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d") {
        Ok(_) => moment(text).map(|midnight| Edge::Day(midnight.date_naive())),
        Err(_) => moment(text).map(Edge::Moment),
    }
}

/// `filters=`: a JSON object of what a ticket list takes.
fn filters(params: &Params, voice: Voice) -> Result<FindTickets, Problem> {
    let Some(text) = params.get(&["filters"]) else { return Ok(FindTickets::default()) };
    let wrong = || Problem::field("filters", FieldProblem::WrongType("object"));
    let Value::Object(fields) = serde_json::from_str(text).map_err(|_| wrong())? else { return Err(wrong()) };
    let named = Params::from_object(&fields).map_err(|violations| Problem::invalid(violations.inside("filters")))?;
    find(&named, voice).map_err(|problem| Problem::invalid(problem.violations.inside("filters")))
}
