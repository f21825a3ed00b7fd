//! Saved filters, as clients write them.

use helpdesk_domain::filter::command::{CreateFilter, EditFilter, FilterParams};
use helpdesk_domain::kernel::id::Target;
use helpdesk_domain::kernel::{Check, Problem as FieldProblem};
use helpdesk_domain::ticket::command::FindTickets;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::list::{self, find};
use crate::dialect::v1::Voice;
use crate::gate::Params;
use crate::problem::Problem;

const FIELD: &str = "filter_params";

/// The most characters of one parameter.
const LONGEST: usize = 1000;

/// A filter to keep or to change; absent fields stay.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct FilterBody {
    /// What it is called; required to keep one.
    #[schema(max_length = 100, example = "High Priority Open Tickets")]
    pub name: Option<String>,
    /// Parameters of the ticket list by name, in the words of the dialect that is spoken; texts, numbers, booleans or lists of
    /// them, up to 1000 characters each. Required to keep one, may be empty.
    #[schema(value_type = Option<Object>, example = json!({"status": "open", "priority": "high"}))]
    pub filter_params: Option<Map<String, Value>>,
    /// Whether everybody may use it (staff), else its author alone; `false` when absent.
    pub is_public: Option<bool>,
}

impl FilterBody {
    /// To be kept.
    pub fn into_creation(self, voice: Voice) -> CreateFilter {
        let Self { name, filter_params, is_public } = self;
        CreateFilter { name, params: filter_params.map(|params| in_words_of(voice, params)), is_public }
    }

    /// To be changed. What was read and is sent back is no change, whatever dialect it was written in.
    pub fn into_edit(self, target: Target, voice: Voice, current: &FilterParams) -> EditFilter {
        let Self { name, filter_params, is_public } = self;
        let changed = filter_params.filter(|params| *params != current.params);
        EditFilter { target, name, params: changed.map(|params| in_words_of(voice, params)), is_public }
    }
}

fn in_words_of(voice: Voice, params: Map<String, Value>) -> FilterParams {
    FilterParams { params, dialect: voice.word().to_owned() }
}

/// What the ticket list is asked for by a saved filter, in the words that it was written in.
pub fn asked(saved: &FilterParams) -> Result<FindTickets, Problem> {
    let voice = Voice::parse(&saved.dialect).unwrap_or(Voice::Platform);
    find(&params(&saved.params)?, voice).map_err(within)
}

/// The same refusal, of something inside of the parameters.
pub fn within(mut problem: Problem) -> Problem {
    for violation in &mut problem.violations.0 {
        if violation.field != FIELD {
            let name = std::mem::replace(&mut violation.field, FIELD.to_owned());
            violation.problem = FieldProblem::Part(name, Box::new(violation.problem.clone()));
        }
    }
    problem
}

fn params(saved: &Map<String, Value>) -> Result<Params, Problem> {
    let mut check = Check::new();
    let pairs = saved.iter().filter_map(|(name, value)| {
        let text = if list::PARAMETERS.contains(&name.as_str()) { text(value) } else { Err(UNKNOWN) };
        let named = |problem| FieldProblem::Part(name.chars().filter(|c| *c != '\0').take(50).collect(), Box::new(problem));
        Some((name.clone(), check.field(FIELD, text.map_err(named))?))
    });
    let params = Params::of(pairs);
    check.done()?;
    Ok(params)
}

const UNKNOWN: FieldProblem = FieldProblem::Other("Not a parameter of the ticket list.");

/// A value as it would stand in a query.
fn text(value: &Value) -> Result<String, FieldProblem> {
    let text = match value {
        Value::Array(parts) => parts.iter().map(scalar).collect::<Result<Vec<_>, _>>()?.join(","),
        value => scalar(value)?,
    };
    match text {
        text if text.contains('\0') => Err(FieldProblem::NullCharacter),
        text if text.chars().count() > LONGEST => Err(FieldProblem::TooLong(LONGEST)),
        text => Ok(text),
    }
}

fn scalar(value: &Value) -> Result<String, FieldProblem> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(flag) => Ok(flag.to_string()),
        Value::Null => Err(FieldProblem::Null),
        Value::Array(_) | Value::Object(_) => Err(FieldProblem::WrongType("string")),
    }
}
