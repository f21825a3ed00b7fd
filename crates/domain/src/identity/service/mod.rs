//! The use cases of identity.

mod accounts;
mod api_keys;
mod applicant;
mod approval;
mod attempt;
mod installation;
mod logins;
mod organization;
mod passwords;

pub use accounts::Accounts;
pub use api_keys::{ApiKeys, KeyAdmission};
pub use logins::{Admission, Lifetimes, Logins, TokenPair};
pub use passwords::Passwords;

use super::IdentityError;
use crate::kernel::violation::Problem;

type Result<T> = std::result::Result<T, IdentityError>;

/// Fewest characters of a password.
pub const SHORTEST_PASSWORD: usize = 8;
/// Most bytes of a password: bcrypt reads no more.
pub const LONGEST_PASSWORD: usize = 72;

#[cfg(test)]
mod tests;

/// Looks at a new password: 8 characters to 72 bytes, no NUL.
pub fn check_password(password: &str) -> std::result::Result<String, Problem> {
    if password.contains('\0') {
        Err(Problem::NullCharacter)
    } else if password.is_empty() {
        Err(Problem::Blank)
    } else if password.chars().count() < SHORTEST_PASSWORD {
        Err(Problem::TooShort(SHORTEST_PASSWORD))
    } else if password.len() > LONGEST_PASSWORD {
        Err(Problem::TooManyBytes(LONGEST_PASSWORD))
    } else {
        Ok(password.to_owned())
    }
}
