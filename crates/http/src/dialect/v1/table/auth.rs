//! Getting in, staying in, getting out.

use actix_web::http::Method;

use crate::dialect::route::Route;
use crate::dialect::v1::request::account::{
    Credentials, ForgottenPassword, NewAccount, NewPassword, PasswordChange, Refresh, Token,
};
use crate::dialect::v1::{auth, classic, platform};
use crate::openapi::{Operation, Reply};

type Pair = classic::session::TokenPair;
type Access = classic::session::Access;
type Verified = classic::session::Verified;

/// `/auth/`
pub fn rows() -> Vec<Route> {
    let session = |id, summary| {
        Operation::new("Authentication", id, summary, Reply::shows::<platform::session::Session, platform::session::Session>(200))
    };
    let said = |id, summary| Operation::new("Authentication", id, summary, Reply::shows::<auth::Message, auth::Message>(200));
    let pair = Operation::new("Authentication", "obtainToken", "Log in (classic)", Reply::shows::<Pair, Pair>(200));
    let access = Operation::new(
        "Authentication",
        "refreshToken",
        "Get another access token (classic)",
        Reply::shows::<Access, Access>(200),
    );
    let verified =
        Operation::new("Authentication", "verifyToken", "Look at a token (classic)", Reply::shows::<Verified, Verified>(200));
    let register = Operation::new("Authentication", "register", "Register an account", super::users::shows(201));
    let me = Operation::new("Authentication", "readCaller", "Read the caller's account", super::users::shows(200));
    vec![
        Route::new(Method::POST, "/auth/login", auth::login, session("login", "Log in").takes::<Credentials>().public()),
        Route::new(
            Method::POST,
            "/auth/refresh",
            auth::refresh,
            session("refresh", "Spend a refresh token for a new pair").takes::<Refresh>().public(),
        ),
        Route::new(Method::POST, "/auth/logout", auth::logout, said("logout", "Log out").takes::<Refresh>()),
        Route::new(Method::POST, "/auth/register", auth::register, register.takes::<NewAccount>().public()),
        Route::new(Method::GET, "/auth/me", auth::me, me),
        Route::new(
            Method::POST,
            "/auth/change-password",
            auth::change_password,
            said("changePassword", "Change the password; all logins end").takes::<PasswordChange>(),
        ),
        Route::new(
            Method::POST,
            "/auth/forgot-password",
            auth::forgot_password,
            said("forgotPassword", "Ask for a link to choose a new password").takes::<ForgottenPassword>().public(),
        ),
        Route::new(
            Method::POST,
            "/auth/reset-password",
            auth::reset_password,
            said("resetPassword", "Choose a new password with a link; all logins end").takes::<NewPassword>().public(),
        ),
        Route::new(Method::POST, "/auth/token", auth::token, pair.takes::<Credentials>().public()),
        Route::new(Method::POST, "/auth/token/refresh", auth::renew, access.takes::<Refresh>().public()),
        Route::new(Method::POST, "/auth/token/verify", auth::verify, verified.takes::<Token>().public()),
    ]
}
