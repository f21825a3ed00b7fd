//! What a rule, or a macro, does.

use serde_json::{Map, Value};

use super::{Place, Reading};
use crate::automation::action::{Addressee, Becomes, FieldValues, Notice, RuleAction, Saying, VARIABLES};
use crate::automation::port::Thing;
use crate::identity::Role;
use crate::kernel::id::TagId;
use crate::kernel::text::{CommentText, Label, Note};
use crate::kernel::violation::{Check, Problem};
use crate::template::variables_in;
use crate::ticket::service::{MOST_TAGS, check_fields};
use crate::ticket::{Priority, Status};

const FIELDS: [&str; 10] = [
    "status",
    "priority",
    "category",
    "sub_category",
    "department",
    "tags",
    "add_tags",
    "remove_tags",
    "custom_fields",
    "resolution",
];

impl Reading {
    /// A list of objects with one key each, of those that are known here.
    pub(in crate::automation) fn actions(&mut self, value: &Value, known: &[&str]) -> Option<Vec<RuleAction>> {
        let place = Place::of("then");
        let values = self.list(&place, value, RuleAction::MOST)?;
        if values.is_empty() {
            return self.wrong(&place, Problem::Blank);
        }
        let actions: Vec<_> = values.iter().enumerate().map(|(n, value)| self.action(&place.nth(n), value, known)).collect();
        actions.into_iter().collect()
    }

    fn action(&mut self, place: &Place, value: &Value, known: &[&str]) -> Option<RuleAction> {
        let object = self.object(place, value, known)?;
        let mut entries = object.iter();
        let (Some((kind, value)), None) = (entries.next(), entries.next()) else {
            return self.wrong(place, Problem::Other("An action is an object with one key."));
        };
        let place = place.at(kind);
        match kind.as_str() {
            "assign" => self.assign(&place, value),
            "set" => self.set(&place, value),
            "notify" => self.notify(&place, value),
            "webhook" => self.id(&place, Thing::Webhook, value).map(RuleAction::Webhook),
            _ => self.say(&place, value),
        }
    }

    fn assign(&mut self, place: &Place, value: &Value) -> Option<RuleAction> {
        if value.is_null() {
            return Some(RuleAction::Assign(None));
        }
        let found = self.thing(place, Thing::Person, value)?;
        if !found.serves {
            return self.wrong(place, Problem::NotAssignable);
        }
        Some(RuleAction::Assign(Some(found.id.into())))
    }

    fn say(&mut self, place: &Place, value: &Value) -> Option<RuleAction> {
        let object = self.object(place, value, &["content", "is_internal"])?;
        let is_internal = self.flag(&place.at("is_internal"), object.get("is_internal"));
        let place = place.at("content");
        let content = self.words(&place, object.get("content"), CommentText::MAX)?;
        Some(RuleAction::Comment(Saying { content, is_internal: is_internal? }))
    }

    /// A text with variables that are known.
    fn words(&mut self, place: &Place, value: Option<&Value>, most: usize) -> Option<String> {
        let text = self.text(place, value.unwrap_or(&Value::Null), most)?;
        let unknown = variables_in(text).into_iter().find(|name| !VARIABLES.contains(&name.as_str()));
        match unknown {
            Some(name) => self.wrong(place, Problem::Unknown(name)),
            None => Some(text.trim().to_owned()),
        }
    }

    fn notify(&mut self, place: &Place, value: &Value) -> Option<RuleAction> {
        let object = self.object(place, value, &["to", "message"])?;
        let message = self.words(&place.at("message"), object.get("message"), Notice::MAX);
        let place = place.at("to");
        let to = self.list(&place, object.get("to").unwrap_or(&Value::Null), Notice::MOST)?;
        if to.is_empty() {
            return self.wrong(&place, Problem::Blank);
        }
        let to: Vec<_> = to.iter().enumerate().map(|(n, value)| self.addressee(&place.nth(n), value)).collect();
        Some(RuleAction::Notify(Notice { to: to.into_iter().collect::<Option<_>>()?, message: message? }))
    }

    fn addressee(&mut self, place: &Place, value: &Value) -> Option<Addressee> {
        if value.is_string() {
            let word = |word: &str| match word {
                "assignee" => Some(Addressee::Assignee),
                "requester" => Some(Addressee::Requester),
                _ => None,
            };
            return self.choice(place, value, word);
        }
        let object = self.object(place, value, &["role", "user"])?;
        let staff = |word: &str| Role::parse(word).filter(|role| role.is_staff());
        match (object.get("role"), object.get("user")) {
            (Some(role), None) => self.choice(&place.at("role"), role, staff).map(Addressee::Role),
            (None, Some(user)) => self.id(&place.at("user"), Thing::Person, user).map(Addressee::User),
            _ => self.wrong(place, Problem::Other("Give a role or a user.")),
        }
    }

    fn set(&mut self, place: &Place, value: &Value) -> Option<RuleAction> {
        let object = self.object(place, value, &FIELDS)?;
        if object.is_empty() {
            return self.wrong(place, Problem::Blank);
        }
        let mut values = FieldValues::default();
        let wrong_before = self.check.count();
        for (key, value) in object {
            self.set_one(&place.at(key), key, value, &mut values);
        }
        (self.check.count() == wrong_before).then(|| RuleAction::Set(Box::new(values)))
    }

    fn set_one(&mut self, place: &Place, key: &str, value: &Value, values: &mut FieldValues) {
        match key {
            "status" => values.status = self.choice(place, value, reached),
            "priority" => values.priority = self.choice(place, value, Priority::parse),
            "category" => values.category = self.becomes(value, |it| it.id(place, Thing::Category, value)),
            "department" => values.department = self.becomes(value, |it| it.id(place, Thing::Department, value)),
            "sub_category" => {
                values.sub_category = self.becomes(value, |it| it.text(place, value, Label::MAX).map(str::to_owned));
            }
            "resolution" => values.resolution = self.text(place, value, Note::MAX).map(str::to_owned),
            "tags" => values.tags = Some(self.tags(place, value)),
            "add_tags" => values.add_tags = self.tags(place, value),
            "remove_tags" => values.remove_tags = self.tags(place, value),
            _ => values.custom_fields = self.custom_fields(place, value),
        }
    }

    fn becomes<T>(&mut self, value: &Value, read: impl FnOnce(&mut Self) -> Option<T>) -> Becomes<T> {
        if value.is_null() { Becomes::Empty } else { read(self).map_or(Becomes::Same, Becomes::Value) }
    }

    fn tags(&mut self, place: &Place, value: &Value) -> Vec<TagId> {
        let values = self.list(place, value, MOST_TAGS).unwrap_or_default();
        values.iter().enumerate().filter_map(|(n, value)| self.id(&place.nth(n), Thing::Tag, value)).collect()
    }

    fn custom_fields(&mut self, place: &Place, value: &Value) -> Map<String, Value> {
        let Value::Object(fields) = value else {
            self.wrong::<()>(place, Problem::WrongType("object"));
            return Map::new();
        };
        let mut check = Check::new();
        check_fields(&mut check, fields);
        if let Err(violations) = check.done() {
            for violation in violations.0 {
                self.wrong::<()>(place, violation.problem);
            }
        }
        fields.clone()
    }
}

/// The status that rules and macros lead to.
fn reached(word: &str) -> Option<Status> {
    Status::parse(word).filter(|status| status.is_reached_by_update())
}
