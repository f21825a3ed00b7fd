//! Registrations, looked at.

use super::Result;
use super::check_password;
use crate::attachment::ObjectKey;
use crate::identity::Role;
use crate::identity::command::Register;
use crate::kernel::text::{Email, PersonName, Username};
use crate::kernel::violation::{Check, Problem, Violations};

/// A registration, looked at.
pub(super) struct Applicant {
    pub email: Email,
    /// None until the person sets one.
    pub password: Option<String>,
    pub username: Option<Username>,
    pub first_name: String,
    pub last_name: String,
    pub middle_name: String,
    pub suffix: String,
    pub image: Option<ObjectKey>,
}

pub(super) fn look_at(command: &Register) -> Result<Applicant> {
    let mut check = Check::new();
    let applicant = look_over(&mut check, command);
    check.done()?;
    // `Check::done` has refused an account without them already.
    applicant.ok_or_else(|| Violations::one("email", Problem::Required).into())
}

pub(super) fn look_over(check: &mut Check, command: &Register) -> Option<Applicant> {
    let email = check.required("email", command.email.as_deref().map(Email::parse));
    let password = check.required("password", command.password.as_deref().map(check_password));
    let username = check.optional("username", command.username.as_deref().map(Username::parse));
    let first_name = check.optional("first_name", command.first_name.as_deref().map(name));
    let last_name = check.optional("last_name", command.last_name.as_deref().map(name));
    Some(Applicant {
        email: email?,
        password: Some(password?),
        username,
        first_name: first_name.unwrap_or_default(),
        last_name: last_name.unwrap_or_default(),
        middle_name: String::new(),
        suffix: String::new(),
        image: command.image.clone(),
    })
}

/// The role of that word; `customer` without one.
pub(super) fn role(word: Option<&str>) -> Result<Role> {
    let Some(word) = word else { return Ok(Role::Customer) };
    Role::parse(word).ok_or_else(|| Violations::one("role", Problem::InvalidChoice(word.to_owned())).into())
}

/// A name that may be left empty.
pub(super) fn name(text: &str) -> std::result::Result<String, Problem> {
    if text.trim().is_empty() { Ok(String::new()) } else { PersonName::parse(text).map(String::from) }
}
