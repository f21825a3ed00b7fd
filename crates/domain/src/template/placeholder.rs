//! `{variables}` in a text: finding them, and putting values in their places.

use std::collections::BTreeMap;

use crate::kernel::text::TemplateContent;
use crate::kernel::violation::{Check, Problem, Violations};

/// The most different variables that a template has.
pub const MOST_VARIABLES: usize = 50;

/// The most characters that a filled-in template has: as many as what is said on a ticket.
const MOST_CHARACTERS: usize = crate::kernel::text::CommentText::MAX;

/// What a place in a template is called: up to 64 letters, digits and underscores, not beginning with a digit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Variable(String);

/// Values by the name of their variable; a problem where the value is no text.
pub type Context = BTreeMap<String, Result<String, Problem>>;

impl Variable {
    /// The most characters it may have.
    pub const MAX: usize = 64;

    /// Takes a name.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let starts = text.chars().next().is_some_and(|first| first.is_alphabetic() || first == '_');
        if text.chars().count() > Self::MAX {
            return Err(Problem::TooLong(Self::MAX));
        }
        if !starts || !text.chars().all(is_of_name) {
            return Err(Problem::Other("A variable is letters, digits and underscores."));
        }
        Ok(Self(text.to_owned()))
    }

    /// A name that is already known to be good.
    pub fn trusted(name: String) -> Self {
        Self(name)
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Variable> for String {
    fn from(variable: Variable) -> Self {
        variable.0
    }
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// A piece of a template.
enum Piece<'a> {
    Text(&'a str),
    Place(Variable),
}

/// The pieces of a text, in order. Braces around anything but a variable's name are text.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('{') {
        pieces.push(Piece::Text(before));
        let (name, after) = behind.split_at(behind.find(|c| !is_of_name(c)).unwrap_or(behind.len()));
        if let (Ok(variable), Some(after)) = (Variable::parse(name), after.strip_prefix('}')) {
            pieces.push(Piece::Place(variable));
            rest = after;
        } else {
            pieces.push(Piece::Text("{"));
            rest = behind;
        }
    }
    pieces.push(Piece::Text(rest));
    pieces
}

/// The variables of a text, each once, in the order of their first places.
pub(super) fn found(text: &str) -> Vec<Variable> {
    let places = pieces(text).into_iter().filter_map(|piece| if let Piece::Place(name) = piece { Some(name) } else { None });
    distinct(places)
}

/// The names of the variables of a text.
pub(crate) fn variables_in(text: &str) -> Vec<String> {
    found(text).into_iter().map(String::from).collect()
}

/// A text with the values in their places; see [`fill`].
pub(crate) fn filled(text: &str, context: &Context) -> Result<String, Violations> {
    fill(&TemplateContent::trusted(text.to_owned()), context)
}

/// Each once, in the order in which they first come.
pub(super) fn distinct(variables: impl IntoIterator<Item = Variable>) -> Vec<Variable> {
    let mut seen = std::collections::BTreeSet::new();
    variables.into_iter().filter(|variable| seen.insert(variable.clone())).collect()
}

/// The text with the values in their places. A value is put in as it is: braces in it mean nothing. Refused where a
/// value is missing (all of them are named) or where the text becomes longer than a comment may be.
pub(super) fn fill(content: &TemplateContent, context: &Context) -> Result<String, Violations> {
    let pieces = pieces(content.as_str());
    check(content, context)?;
    let (mut filled, mut length) = (String::new(), 0);
    for piece in &pieces {
        let text = match piece {
            Piece::Text(text) => text,
            Piece::Place(variable) => context.get(variable.as_str()).and_then(|value| value.as_deref().ok()).unwrap_or(""),
        };
        length += text.chars().count();
        if length > MOST_CHARACTERS {
            return Err(Violations::one("context", Problem::Other("Makes the content longer than 65536 characters.")));
        }
        filled.push_str(text);
    }
    Ok(filled)
}

fn check(content: &TemplateContent, context: &Context) -> Result<(), Violations> {
    let mut check = Check::new();
    for variable in found(content.as_str()) {
        let problem = match context.get(variable.as_str()) {
            None => Problem::Required,
            Some(Err(problem)) => problem.clone(),
            Some(Ok(value)) if value.contains('\0') => Problem::NullCharacter,
            Some(Ok(_)) => continue,
        };
        check.note("context", Problem::Part(variable.into(), Box::new(problem)));
    }
    check.done()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        found(text).into_iter().map(String::from).collect()
    }

    fn filled(text: &str, values: &[(&str, &str)]) -> Result<String, Violations> {
        let context = values.iter().map(|(name, value)| ((*name).to_owned(), Ok((*value).to_owned()))).collect();
        super::filled(text, &context)
    }

    #[test]
    fn variables_are_found_once_each_in_the_order_of_their_places() {
        assert_eq!(names("Dear {customer_name}: {issue_type}, {customer_name}!"), ["customer_name", "issue_type"]);
    }

    #[test]
    fn braces_around_anything_else_are_text() {
        for text in ["{}", "{ a }", "{1st}", "{a b}", "{a", "a}", "{\"a\": 1}", "{{", "}{"] {
            assert!(names(text).is_empty(), "{text}");
            assert_eq!(filled(text, &[]).unwrap(), text);
        }
        assert_eq!(filled("{{name}} {a {name}", &[("name", "Jo")]).unwrap(), "{Jo} {a Jo");
    }

    #[test]
    fn a_value_is_put_in_as_it_is() {
        assert_eq!(filled("{a} {b}", &[("a", "{b}"), ("b", "{a}")]).unwrap(), "{b} {a}");
    }

    #[test]
    fn every_missing_value_is_named() {
        let missing = |name: &str| Problem::Part(name.to_owned(), Box::new(Problem::Required));
        let refused = filled("{a} {b} {c}", &[("b", "x")]).unwrap_err();
        let problems: Vec<_> = refused.0.into_iter().map(|violation| violation.problem).collect();
        assert_eq!(problems, [missing("a"), missing("c")]);
    }

    #[test]
    fn a_text_does_not_grow_without_end() {
        let value = "x".repeat(1000);
        assert!(filled(&"{a}".repeat(65), &[("a", &value)]).is_ok());
        assert!(filled(&"{a}".repeat(66), &[("a", &value)]).is_err());
    }
}
