//! What is wrong with a request, field by field. The words are the dialect's; the problem is ours.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;

/// One thing that is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// It was not given.
    Required,
    /// It was given as `null`.
    Null,
    /// It was given empty.
    Blank,
    /// Longer than so many characters.
    TooLong(usize),
    /// Shorter than so many characters.
    TooShort(usize),
    /// More than so many entries.
    TooMany(usize),
    /// Below this number.
    BelowMinimum(i64),
    /// Above this number.
    AboveMaximum(i64),
    /// With more than so many decimals.
    TooManyDecimals(u32),
    /// Not of the type that the field has; the type's name (`string`, `integer`, `number`, `boolean`, `datetime`, `list`, `object`, `uuid`).
    WrongType(&'static str),
    /// Not one of the words that the field knows.
    InvalidChoice(String),
    /// Refers to something that does not exist here.
    Unknown(String),
    /// Not an e-mail address.
    NotAnEmail,
    /// Not a colour in the form `#rrggbb`.
    NotAColor,
    /// Contains a character that text may not have (NUL).
    NullCharacter,
    /// Somebody else has it.
    Taken,
    /// Longer than so many bytes.
    TooManyBytes(usize),
    /// The person may not be given tickets.
    NotAssignable,
    /// The two entries do not match.
    Mismatch,
    /// Something inside of the field, by its name: a key of an object.
    Part(String, Box<Problem>),
    /// Anything else, in English.
    Other(&'static str),
}

/// A problem and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The field as the domain names it; a dialect may know it under another name.
    pub field: String,
    /// What is wrong.
    pub problem: Problem,
}

/// All that is wrong with a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Violations(pub Vec<Violation>);

impl Violations {
    /// A single problem.
    pub fn one(field: impl Into<String>, problem: Problem) -> Self {
        Self(vec![Violation { field: field.into(), problem }])
    }

    /// The same problems, as parts of one field.
    #[must_use]
    pub fn inside(self, field: &str) -> Self {
        let part = |violation: Violation| Violation {
            field: field.to_owned(),
            problem: Problem::Part(violation.field, Box::new(violation.problem)),
        };
        Self(self.0.into_iter().map(part).collect())
    }

    /// The problems by field, in the order of the fields' names.
    pub fn by_field(&self) -> BTreeMap<&str, Vec<&Problem>> {
        let mut fields: BTreeMap<&str, Vec<&Problem>> = BTreeMap::new();
        for violation in &self.0 {
            fields.entry(&violation.field).or_default().push(&violation.problem);
        }
        fields
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, violation) in self.0.iter().enumerate() {
            let comma = if n == 0 { "" } else { ", " };
            write!(f, "{comma}{}: {:?}", violation.field, violation.problem)?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

/// The number, if it lies there.
pub fn in_range(number: i64, range: RangeInclusive<i64>) -> Result<i64, Problem> {
    let (least, most) = range.into_inner();
    match number {
        _ if number < least => Err(Problem::BelowMinimum(least)),
        _ if number > most => Err(Problem::AboveMaximum(most)),
        _ => Ok(number),
    }
}

/// Collects what is wrong, so that a client hears everything at once.
#[derive(Debug, Default)]
pub struct Check(Violations);

impl Check {
    /// Nothing wrong so far.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the value, or notes what is wrong with it.
    pub fn field<T>(&mut self, field: &str, parsed: Result<T, Problem>) -> Option<T> {
        parsed.map_err(|problem| self.note(field, problem)).ok()
    }

    /// As [`Check::field`] for a field that may be absent.
    pub fn optional<T>(&mut self, field: &str, parsed: Option<Result<T, Problem>>) -> Option<T> {
        parsed.and_then(|parsed| self.field(field, parsed))
    }

    /// As [`Check::field`] for a field that must be there.
    pub fn required<T>(&mut self, field: &str, parsed: Option<Result<T, Problem>>) -> Option<T> {
        self.field(field, parsed.unwrap_or(Err(Problem::Required)))
    }

    /// Takes the value, or notes all that is wrong with it.
    pub fn all<T>(&mut self, checked: Result<T, Violations>) -> Option<T> {
        checked.map_err(|violations| self.0.0.extend(violations.0)).ok()
    }

    /// Notes a problem.
    pub fn note(&mut self, field: &str, problem: Problem) {
        self.0.0.push(Violation { field: field.to_owned(), problem });
    }

    /// Whether nothing is wrong.
    pub fn passes(&self) -> bool {
        self.0.0.is_empty()
    }

    /// How many things are wrong so far.
    pub fn count(&self) -> usize {
        self.0.0.len()
    }

    /// Ends the check: everything that is wrong, if anything is.
    pub fn done(self) -> Result<(), Violations> {
        if self.passes() { Ok(()) } else { Err(self.0) }
    }
}
