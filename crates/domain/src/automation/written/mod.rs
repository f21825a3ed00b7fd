//! Rules as clients write them, read: everything that is wrong is told at its place, and what is named is looked up.

mod actions;
mod conditions;
mod trigger;

use std::collections::HashSet;

use serde_json::{Map, Value};
use uuid::Uuid;

use super::RuleError;
use super::port::{Findings, Found, Glossary, Thing};
use crate::kernel::id::{OrganizationId, Reference};
use crate::kernel::violation::{Check, Problem};

/// Where something stands in a body.
#[derive(Clone, Debug)]
pub(super) struct Place {
    field: &'static str,
    path: String,
}

impl Place {
    pub(super) fn of(field: &'static str) -> Self {
        Self { field, path: String::new() }
    }

    fn at(&self, key: &str) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        let key: String = key.chars().take(64).collect();
        Self { field: self.field, path: format!("{}{dot}{key}", self.path) }
    }

    fn nth(&self, n: usize) -> Self {
        self.at(&n.to_string())
    }
}

/// Reads what a client wrote, by what was found of what it names. What was not looked for yet is noted: who reads twice,
/// and looks everything up in between, needs one question for each kind of thing.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// What was found.
    pub findings: Findings,
    /// What is named.
    pub named: Vec<(Thing, Reference)>,
    /// What is named by what is changed: that may be said again, also when it is gone by now.
    pub kept: HashSet<Uuid>,
    /// What is wrong.
    pub check: Check,
}

impl Reading {
    /// Reads once to see what is named, and once more with what was found of that.
    pub(super) async fn twice<T>(
        glossary: &dyn Glossary,
        organization: OrganizationId,
        kept: HashSet<Uuid>,
        read: impl Fn(&mut Self) -> T,
    ) -> Result<T, RuleError> {
        let mut reading = Self { kept, ..Self::default() };
        let mut written = read(&mut reading);
        if !reading.named.is_empty() {
            let findings = glossary.find(organization, &reading.named).await?;
            reading = Self { findings, kept: reading.kept, ..Self::default() };
            written = read(&mut reading);
        }
        reading.check.done()?;
        Ok(written)
    }

    fn wrong<T>(&mut self, place: &Place, problem: Problem) -> Option<T> {
        let at_its_part = |problem| Problem::Part(place.path.clone(), Box::new(problem));
        self.check.note(place.field, if place.path.is_empty() { problem } else { at_its_part(problem) });
        None
    }

    fn object<'v>(&mut self, place: &Place, value: &'v Value, known: &[&str]) -> Option<&'v Map<String, Value>> {
        let Value::Object(object) = value else { return self.wrong(place, Problem::WrongType("object")) };
        let unknown: Vec<&String> = object.keys().filter(|key| !known.contains(&key.as_str())).collect();
        for key in &unknown {
            self.wrong::<()>(&place.at(key), Problem::Other("There is no such field here."));
        }
        unknown.is_empty().then_some(object)
    }

    fn list<'v>(&mut self, place: &Place, value: &'v Value, most: usize) -> Option<&'v [Value]> {
        match value {
            Value::Array(values) if values.len() > most => self.wrong(place, Problem::TooMany(most)),
            Value::Array(values) => Some(values),
            _ => self.wrong(place, Problem::WrongType("list")),
        }
    }

    fn text<'v>(&mut self, place: &Place, value: &'v Value, most: usize) -> Option<&'v str> {
        match value {
            Value::String(text) if text.contains('\0') => self.wrong(place, Problem::NullCharacter),
            Value::String(text) if text.trim().is_empty() => self.wrong(place, Problem::Blank),
            Value::String(text) if text.chars().count() > most => self.wrong(place, Problem::TooLong(most)),
            Value::String(text) => Some(text),
            Value::Null => self.wrong(place, Problem::Required),
            _ => self.wrong(place, Problem::WrongType("string")),
        }
    }

    fn flag(&mut self, place: &Place, value: Option<&Value>) -> Option<bool> {
        match value {
            None | Some(Value::Null) => Some(false),
            Some(Value::Bool(flag)) => Some(*flag),
            Some(_) => self.wrong(place, Problem::WrongType("boolean")),
        }
    }

    /// The word of a list of words.
    fn choice<T>(&mut self, place: &Place, value: &Value, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let word = self.text(place, value, 100)?;
        parse(word).or_else(|| self.wrong(place, Problem::InvalidChoice(word.to_owned())))
    }

    /// What is named.
    fn thing(&mut self, place: &Place, thing: Thing, value: &Value) -> Option<Found> {
        let reference = match value {
            Value::Number(number) if number.is_i64() => Reference::Serial(number.as_i64().unwrap_or_default()),
            Value::String(text) if !text.contains('\0') => Reference::parse(text),
            _ => return self.wrong(place, Problem::WrongType("string")),
        };
        let kept = |id: &Uuid| self.kept.contains(id).then_some(Found { id: *id, serves: true });
        let kept = if let Reference::Id(id) = &reference { kept(id) } else { None };
        let found = kept.or_else(|| self.findings.get(&(thing, reference.clone())).copied());
        self.named.push((thing, reference.clone()));
        found.or_else(|| self.wrong(place, Problem::Unknown(reference.to_string())))
    }

    fn id<T: From<Uuid>>(&mut self, place: &Place, thing: Thing, value: &Value) -> Option<T> {
        self.thing(place, thing, value).map(|found| T::from(found.id))
    }
}
