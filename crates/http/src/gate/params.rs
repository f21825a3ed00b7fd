//! Query strings.

use std::collections::BTreeMap;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use helpdesk_domain::kernel::id::Reference;
use helpdesk_domain::kernel::{Check, Moment, Problem as FieldProblem, Violations};
use serde_json::{Map, Value};

use crate::problem::Problem;

/// The parameters of a request; one that comes several times has its values joined by commas. Empty values count
/// as absent, unknown parameters are ignored.
#[derive(Clone, Debug, Default)]
pub struct Params(BTreeMap<String, String>);

impl Params {
    /// Reads a query string. A NUL in a value is refused.
    pub fn parse(query: &str) -> Result<Self, Problem> {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
        let mut params: BTreeMap<String, String> = BTreeMap::new();
        for (name, value) in pairs {
            if value.contains('\0') || name.contains('\0') {
                return Err(Problem::field(&name.replace('\0', ""), FieldProblem::NullCharacter));
            }
            match params.get_mut(&name) {
                Some(before) => {
                    before.push(',');
                    before.push_str(&value);
                }
                None => {
                    params.insert(name, value);
                }
            }
        }
        Ok(Self(params))
    }

    /// The fields of an object as if they had come in a query: lists by commas, references by their `id`. Empty fields
    /// count as absent.
    pub fn from_object(fields: &Map<String, Value>) -> Result<Self, Violations> {
        let mut check = Check::new();
        let read = fields.iter().filter_map(|(name, value)| Some((name.clone(), check.field(name, text(value))?)));
        let params = Self(read.collect());
        check.done()?;
        Ok(params)
    }

    /// All of them but these, as they were told.
    pub fn told(&self, except: &[&str]) -> Map<String, Value> {
        let others = self.0.iter().filter(|(name, _)| !except.contains(&name.as_str()));
        others.map(|(name, value)| (name.clone(), value.clone().into())).collect()
    }

    /// The value of the first of these names that has one.
    pub fn get(&self, names: &[&str]) -> Option<&str> {
        names.iter().filter_map(|name| self.0.get(*name)).map(String::as_str).find(|value| !value.is_empty())
    }

    /// Whether the parameter is there, even if empty.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The values of a parameter, separated by commas.
    pub fn list(&self, names: &[&str]) -> Vec<&str> {
        self.get(names).map(|value| value.split(',').map(str::trim).filter(|part| !part.is_empty()).collect()).unwrap_or_default()
    }

    /// A reference.
    pub fn reference(&self, names: &[&str]) -> Option<Reference> {
        self.get(names).map(Reference::parse)
    }

    /// A time.
    pub fn moment(&self, check: &mut Check, name: &str) -> Option<Moment> {
        check.optional(name, self.get(&[name]).map(moment))
    }

    /// From when on and before when. An end that lies before its beginning is refused: nothing would ever be found.
    pub fn span(&self, check: &mut Check, after: &str, before: &str) -> (Option<Moment>, Option<Moment>) {
        let (from, to) = (self.moment(check, after), self.moment(check, before));
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            check.note(before, FieldProblem::Other("Is before the beginning."));
        }
        (from, to)
    }

    /// What `ordering=` sorts by (`usual` when absent), and whether the other way round, which a `-` before it says.
    pub fn ordering<T>(&self, check: &mut Check, usual: &str, known: impl FnOnce(&str) -> Option<T>) -> Option<(T, bool)> {
        let word = self.get(&["ordering"]).unwrap_or(usual);
        let (name, descending) = word.strip_prefix('-').map_or((word, false), |name| (name, true));
        let order = known(name).ok_or_else(|| FieldProblem::InvalidChoice(word.to_owned()));
        Some((check.field("ordering", order)?, descending))
    }

    /// Yes or no.
    pub fn boolean(&self, check: &mut Check, name: &str) -> Option<bool> {
        check.optional(name, self.get(&[name]).map(boolean))
    }
}

/// A value as it would stand in a query.
fn text(value: &Value) -> Result<String, FieldProblem> {
    match value {
        Value::Null => Ok(String::new()),
        Value::String(text) if text.contains('\0') => Err(FieldProblem::NullCharacter),
        Value::String(text) => Ok(text.clone()),
        Value::Bool(flag) => Ok(flag.to_string()),
        Value::Number(number) => Ok(number.to_string()),
        Value::Array(entries) => Ok(entries.iter().map(text).collect::<Result<Vec<_>, _>>()?.join(",")),
        Value::Object(fields) => fields.get("id").map_or(Err(FieldProblem::WrongType("string")), text),
    }
}

/// Reads a time: RFC 3339, without an offset UTC, a date alone midnight UTC.
pub fn moment(text: &str) -> Result<Moment, FieldProblem> {
    let text = text.trim();
    let spaced = text.replacen(' ', "+", usize::from(text.contains('T')));
    let zoned = DateTime::parse_from_rfc3339(&spaced).map(|time| time.with_timezone(&Utc));
    let local = || {
        ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
            .iter()
            .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
    };
    let day = || NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().map(|day| day.and_time(NaiveTime::MIN));
    let found = zoned.ok().or_else(|| local().or_else(day).map(|time| time.and_utc()));
    found
        .and_then(|time| DateTime::from_timestamp_micros(time.timestamp_micros()))
        .filter(in_reach)
        .ok_or(FieldProblem::WrongType("datetime"))
}

/// Years that both databases and every client can write.
fn in_reach(time: &Moment) -> bool {
    use chrono::Datelike;
    (1..=9999).contains(&time.year())
}

/// Reads a yes or no as clients write it.
pub fn boolean(text: &str) -> Result<bool, FieldProblem> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" | "on" => Ok(true),
        "false" | "0" | "no" | "off" => Ok(false),
        _ => Err(FieldProblem::WrongType("boolean")),
    }
}

impl FromRequest for Params {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::parse(request.query_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_alone_is_midnight_in_utc() {
        assert_eq!(moment("2025-10-13").unwrap().to_rfc3339(), "2025-10-13T00:00:00+00:00");
    }

    #[test]
    fn an_offset_whose_plus_became_a_space_is_understood() {
        assert_eq!(moment("2025-10-13T10:00:00 02:00").unwrap().to_rfc3339(), "2025-10-13T08:00:00+00:00");
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in ["yesterday", "2025-13-01", "2025-10-13T99:00:00Z", ""] {
            assert!(moment(text).is_err(), "{text}");
        }
    }

    #[test]
    fn repeated_parameters_are_a_list() {
        assert_eq!(Params::parse("tags=1&tags=2,3").unwrap().list(&["tags"]), ["1", "2", "3"]);
    }

    #[test]
    fn a_nul_in_a_value_is_refused() {
        assert!(Params::parse("search=a%00b").is_err());
    }
}
