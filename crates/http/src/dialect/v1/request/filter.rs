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

/// The most bytes that all values have together, as JSON.
const MOST_BYTES: usize = 4000;

/// As much is said of a name that is unknown.
const MOST_OF_A_NAME: usize = 50;

/// A filter to keep or to change; absent fields stay.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct FilterBody {
    /// What it is called; required to keep one.
    #[schema(max_length = 100, example = "High Priority Open Tickets")]
    pub name: Option<String>,
    /// Parameters of the ticket list by name, in the words of the dialect that is spoken; texts, numbers, booleans or lists of
    /// them, up to 4000 bytes in all. Required to keep one, may be empty.
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

/// Notes each name that is none of the ticket list's.
pub fn unknown(check: &mut Check, field: &str, given: &Map<String, Value>, is_known: impl Fn(&str) -> bool) {
    for name in given.keys().filter(|name| !is_known(name)) {
        let unknown = FieldProblem::Other("Not a parameter of the ticket list.");
        check.note(field, FieldProblem::Part(name.chars().take(MOST_OF_A_NAME).collect(), Box::new(unknown)));
    }
}

fn params(saved: &Map<String, Value>) -> Result<Params, Problem> {
    let mut check = Check::new();
    unknown(&mut check, FIELD, saved, |name| list::PARAMETERS.contains(&name));
    if saved.values().map(|value| value.to_string().len()).sum::<usize>() > MOST_BYTES {
        check.note(FIELD, FieldProblem::TooManyBytes(MOST_BYTES));
    }
    check.done()?;
    Params::from_object(saved).map_err(|violations| within(violations.into()))
}
