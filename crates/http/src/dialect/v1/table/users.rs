//! Accounts.

use actix_web::http::Method;
use utoipa::openapi::schema::Type;

use super::PAGE;
use crate::dialect::route::Route;
use crate::dialect::v1::mail_preferences::{MailPreferences, MailPreferencesChange};
use crate::dialect::v1::request::account::{AccountChange, NewAccount};
use crate::dialect::v1::{classic, mail_preferences, platform, users};
use crate::openapi::operation::Parameter;
use crate::openapi::{Operation, Reply};

const USERS: &[Parameter] = &[
    ("search", Type::String, "Part of a name, login name or address."),
    ("role", Type::String, "Role words, separated by commas."),
    ("is_active", Type::Boolean, "Only those who may, or may not, log in."),
    ("ordering", Type::String, "`created_at`, `email`, `username` or `last_name`, `-` for descending."),
];

/// An account.
pub fn shows(status: u16) -> Reply {
    Reply::shows::<platform::user::User, classic::user::User>(status)
}

/// `/users/`
pub fn rows() -> Vec<Route> {
    let op = |id, summary| Operation::new("Users", id, summary, shows(200));
    let lists = Operation::new("Users", "listUsers", "List users", Reply::lists::<platform::user::User, classic::user::User>());
    let makes = Operation::new("Users", "createUser", "Create a user", shows(201)).takes::<NewAccount>();
    let gone = Operation::new("Users", "deleteUser", "Delete a user", Reply::nothing()).refuses(&[409, 412]);
    let mails = |id, summary| Operation::new("Users", id, summary, Reply::says::<MailPreferences>(200));
    vec![
        Route::new(Method::GET, "/users", users::list, lists.query(PAGE).query(USERS)),
        Route::new(Method::POST, "/users", users::create, makes.refuses(&[422])),
        Route::new(Method::GET, "/users/me", users::me, op("readMe", "Read one's own account")),
        Route::new(
            Method::PUT,
            "/users/me",
            users::change_me,
            op("updateMe", "Change one's own account").takes::<AccountChange>().refuses(&[412]),
        ),
        Route::new(
            Method::PATCH,
            "/users/me",
            users::change_me,
            op("patchMe", "Change parts of one's own account").takes::<AccountChange>().refuses(&[412]),
        ),
        Route::new(
            Method::GET,
            "/users/me/mail-preferences",
            mail_preferences::read,
            mails("readMailPreferences", "Read which mails one gets"),
        ),
        Route::new(
            Method::PATCH,
            "/users/me/mail-preferences",
            mail_preferences::change,
            mails("patchMailPreferences", "Change which mails one gets").takes::<MailPreferencesChange>(),
        ),
        Route::new(Method::GET, "/users/{id}", users::read, op("readUser", "Read a user")),
        Route::new(
            Method::PUT,
            "/users/{id}",
            users::change,
            op("updateUser", "Change a user").takes::<AccountChange>().refuses(&[409, 412]),
        ),
        Route::new(
            Method::PATCH,
            "/users/{id}",
            users::change,
            op("patchUser", "Change parts of a user").takes::<AccountChange>().refuses(&[409, 412]),
        ),
        Route::new(Method::DELETE, "/users/{id}", users::remove, gone),
    ]
}
