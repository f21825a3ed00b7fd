//! When a rule applies.

use serde_json::Value;

use super::{Place, Reading};
use crate::automation::field::{Field, Sort};
use crate::automation::port::Thing;
use crate::automation::{Condition, Conditions, Op, Term};
use crate::kernel::violation::{Problem, in_range};

/// The most characters of a text that a field is compared to.
const LONGEST: usize = 1_000;

impl Reading {
    /// `{"all": […], "any": […]}`, or the list of those that must all hold. `on_event` tells whether there is something
    /// that happened to be asked about.
    pub(in crate::automation) fn conditions(&mut self, value: &Value, on_event: bool) -> Option<Conditions> {
        let place = Place::of("if");
        match value {
            Value::Null => Some(Conditions::default()),
            Value::Array(_) => Some(Conditions { all: self.each(&place, value, on_event)?, any: Vec::new() }),
            _ => {
                let object = self.object(&place, value, &["all", "any"])?;
                let mut part = |key: &str| match object.get(key) {
                    None | Some(Value::Null) => Some(Vec::new()),
                    Some(list) => self.each(&place.at(key), list, on_event),
                };
                let (all, any) = (part("all"), part("any"));
                Some(Conditions { all: all?, any: any? })
            }
        }
    }

    fn each(&mut self, place: &Place, value: &Value, on_event: bool) -> Option<Vec<Condition>> {
        let values = self.list(place, value, Conditions::MOST)?;
        let conditions: Vec<_> =
            values.iter().enumerate().map(|(n, value)| self.condition(&place.nth(n), value, on_event)).collect();
        conditions.into_iter().collect()
    }

    fn condition(&mut self, place: &Place, value: &Value, on_event: bool) -> Option<Condition> {
        let object = self.object(place, value, &["field", "op", "value"])?;
        let absent = Value::Null;
        let given = |key: &str| object.get(key).unwrap_or(&absent);
        let field = self.choice(&place.at("field"), given("field"), |name| Field::parse(name).filter(is_short));
        let op = self.choice(&place.at("op"), given("op"), Op::parse);
        let (field, op) = (field?, op?);
        let asks_about_event = op.asks_about_event() || field.is_of_event();
        if !field.takes(op) || (asks_about_event && !on_event) {
            return self.wrong(&place.at("op"), Problem::Other("This cannot be asked here."));
        }
        let values = self.values(&place.at("value"), &field, op, object.get("value"))?;
        Some(Condition { field, op, values })
    }

    fn values(&mut self, place: &Place, field: &Field, op: Op, value: Option<&Value>) -> Option<Vec<Option<Term>>> {
        match (op, value) {
            (Op::Changed, None | Some(Value::Null)) => Some(Vec::new()),
            (Op::Changed, Some(_)) => self.wrong(place, Problem::Other("`changed` takes no value.")),
            (_, None) => self.wrong(place, Problem::Required),
            (op, Some(value)) if op.takes_list() => {
                let values = self.list(place, value, Conditions::MOST_VALUES)?;
                if values.is_empty() {
                    return self.wrong(place, Problem::Blank);
                }
                let terms: Vec<_> =
                    values.iter().enumerate().map(|(n, value)| self.operand(&place.nth(n), field, op, value)).collect();
                terms.into_iter().collect()
            }
            (op, Some(value)) => Some(vec![self.operand(place, field, op, value)?]),
        }
    }

    /// A value, or `null` for emptiness.
    fn operand(&mut self, place: &Place, field: &Field, op: Op, value: &Value) -> Option<Option<Term>> {
        if value.is_null() {
            let is_text = matches!(op, Op::Contains | Op::NotContains);
            return if is_text { self.wrong(place, Problem::Null) } else { Some(None) };
        }
        self.term(place, field, value).map(Some)
    }

    fn term(&mut self, place: &Place, field: &Field, value: &Value) -> Option<Term> {
        match field.sort() {
            Sort::Word(words) => {
                let known = |word: &str| words.contains(&word).then(|| Term::Text(word.to_owned()));
                self.choice(place, value, known)
            }
            Sort::Category => self.thing(place, Thing::Category, value).map(|found| Term::Id(found.id)),
            Sort::Department => self.thing(place, Thing::Department, value).map(|found| Term::Id(found.id)),
            Sort::Person => self.thing(place, Thing::Person, value).map(|found| Term::Id(found.id)),
            Sort::Tags => self.thing(place, Thing::Tag, value).map(|found| Term::Id(found.id)),
            Sort::Score => self.score(place, value),
            Sort::Text => self.text(place, value, LONGEST).map(|text| Term::Text(text.to_owned())),
            Sort::Any if value.is_number() || value.is_boolean() => Some(Term::Other(value.clone())),
            Sort::Any => self.text(place, value, LONGEST).map(|text| Term::Text(text.to_owned())),
        }
    }

    fn score(&mut self, place: &Place, value: &Value) -> Option<Term> {
        let Some(score) = value.as_i64() else { return self.wrong(place, Problem::WrongType("integer")) };
        match in_range(score, 1..=5) {
            Ok(score) => Some(Term::Other(score.into())),
            Err(problem) => self.wrong(place, problem),
        }
    }
}

/// The name of a custom field has at most 64 characters.
fn is_short(field: &Field) -> bool {
    if let Field::Custom(key) = field { key.chars().count() <= 64 && !key.contains('\0') } else { true }
}
