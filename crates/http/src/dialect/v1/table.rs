//! The rows of the routing table. Words before parameters: the first path that fits is taken.

use actix_web::http::Method;
use utoipa::openapi::schema::Type;

use super::request::account::{AccountChange, Assignment, Credentials, NewAccount, PasswordChange, Refresh, Token};
use super::request::taxonomy::Entry;
use super::request::ticket::{Approval, CommentBody, Rejection, Remark, Resolution, StatusChange, TicketBody};
use super::routes::Route;
use super::taxonomy::{categories, departments, tags};
use super::{auth, classic, comments, events, lifecycle, platform, stats, taxonomy, tickets, users};
use crate::openapi::operation::Parameter;
use crate::openapi::{Operation, Reply};

const PAGE: &[Parameter] = &[
    ("page", Type::Integer, "Page number, from 1."),
    ("page_size", Type::Integer, "Entries per page; 20, at most 100."),
    ("cursor", Type::String, "Empty for the first part, then what `next` says; no count, any depth at the same cost."),
];
const TICKETS: &[Parameter] = &[
    ("status", Type::String, "Status words, separated by commas."),
    ("priority", Type::String, "Priority words, separated by commas."),
    ("category", Type::String, "Category by id, slug or name (also `category_id`)."),
    ("department", Type::String, "Department by id or name."),
    ("assigned_to", Type::String, "Assignee by id; `me`, or `none` for nobody (also `assigned_to_id`)."),
    ("created_by", Type::String, "Requester by id; `me` (also `created_by_id`)."),
    ("tags", Type::String, "Any of these tags, by id or name, separated by commas."),
    ("created_after", Type::String, "Submitted at or after this time; a date alone is midnight UTC."),
    ("created_before", Type::String, "Submitted before this time."),
    (
        "search",
        Type::String,
        "All of these words, or words that begin with them, in title, description or visible comments; one typo per word is forgiven.",
    ),
    (
        "ordering",
        Type::String,
        "`created_at`, `updated_at`, `priority`, `due_date`, `status`, `relevance`; several separated by commas, `-` for descending.",
    ),
];
const NAMES: &[Parameter] =
    &[("search", Type::String, "Part of the name."), ("ordering", Type::String, "`name` or `ticket_count`, `-` for descending.")];
const USERS: &[Parameter] = &[
    ("search", Type::String, "Part of a name, login name or address."),
    ("role", Type::String, "Role words, separated by commas."),
    ("is_active", Type::Boolean, "Only those who may, or may not, log in."),
    ("ordering", Type::String, "`created_at`, `email`, `username` or `last_name`, `-` for descending."),
];
const EVENTS: &[Parameter] = &[
    ("after", Type::Integer, "Position behind which to begin; 0 for the beginning."),
    ("limit", Type::Integer, "Most events in the answer; 100, at most 1000."),
];

/// All rows.
pub fn table() -> Vec<Route> {
    [auth_rows(), user_rows(), ticket_rows(), action_rows(), comment_rows(), taxonomy_rows(), event_rows()]
        .into_iter()
        .flatten()
        .collect()
}

fn auth_rows() -> Vec<Route> {
    let session = |id, summary| {
        Operation::new("Authentication", id, summary, Reply::shows::<platform::session::Session, platform::session::Session>(200))
    };
    let said = |id, summary| Operation::new("Authentication", id, summary, Reply::shows::<auth::Message, auth::Message>(200));
    type Pair = classic::session::TokenPair;
    type Access = classic::session::Access;
    type Verified = classic::session::Verified;
    let pair = Operation::new("Authentication", "obtainToken", "Log in (classic)", Reply::shows::<Pair, Pair>(200));
    let access = Operation::new(
        "Authentication",
        "refreshToken",
        "Get another access token (classic)",
        Reply::shows::<Access, Access>(200),
    );
    let verified =
        Operation::new("Authentication", "verifyToken", "Look at a token (classic)", Reply::shows::<Verified, Verified>(200));
    let register = Operation::new("Authentication", "register", "Register an account", shows_user(201));
    let me = Operation::new("Authentication", "readCaller", "Read the caller's account", shows_user(200));
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
        Route::new(Method::POST, "/auth/token", auth::token, pair.takes::<Credentials>().public()),
        Route::new(Method::POST, "/auth/token/refresh", auth::renew, access.takes::<Refresh>().public()),
        Route::new(Method::POST, "/auth/token/verify", auth::verify, verified.takes::<Token>().public()),
    ]
}

fn shows_user(status: u16) -> Reply {
    Reply::shows::<platform::user::User, classic::user::User>(status)
}

fn user_rows() -> Vec<Route> {
    let op = |id, summary| Operation::new("Users", id, summary, shows_user(200));
    let lists = Operation::new("Users", "listUsers", "List users", Reply::lists::<platform::user::User, classic::user::User>());
    let makes = Operation::new("Users", "createUser", "Create a user", shows_user(201)).takes::<NewAccount>();
    let gone = Operation::new("Users", "deleteUser", "Delete a user", Reply::nothing()).refuses(&[409, 412]);
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

fn shows_ticket(status: u16) -> Reply {
    Reply::shows::<platform::ticket::TicketDetails, classic::ticket::TicketDetails>(status)
}

fn lists_tickets() -> Reply {
    Reply::lists::<platform::ticket::Ticket, classic::ticket::Ticket>()
}

fn ticket_rows() -> Vec<Route> {
    let op = |id, summary| Operation::new("Tickets", id, summary, shows_ticket(200));
    let lists = |id, summary| Operation::new("Tickets", id, summary, lists_tickets()).query(PAGE).query(TICKETS);
    let figures = |id| {
        Operation::new("Tickets", id, "Figures over the tickets that one sees", Reply::shows::<stats::Stats, stats::Stats>(200))
    };
    let makes =
        Operation::new("Tickets", "createTicket", "Open a ticket", shows_ticket(201)).takes::<TicketBody>().refuses(&[422]);
    let gone = Operation::new("Tickets", "deleteTicket", "Delete a ticket", Reply::nothing()).refuses(&[412]);
    let history = Reply::lists::<platform::ticket::History, classic::ticket::History>();
    let assign = |id| op(id, "Give a ticket to somebody").takes::<Assignment>().refuses(&[409, 412]);
    vec![
        Route::new(Method::GET, "/tickets", tickets::list, lists("listTickets", "List tickets")),
        Route::new(Method::POST, "/tickets", tickets::open, makes),
        Route::new(
            Method::GET,
            "/tickets/my_tickets",
            tickets::mine,
            lists("listMyTickets", "List tickets that one asked or works on"),
        ),
        Route::new(Method::GET, "/tickets/stats", tickets::stats, figures("readStats")),
        Route::new(Method::GET, "/tickets/stats/summary", tickets::stats, figures("readStatsSummary")),
        Route::new(Method::GET, "/tickets/{id}", tickets::read, op("readTicket", "Read a ticket")),
        Route::new(
            Method::PUT,
            "/tickets/{id}",
            tickets::change,
            op("updateTicket", "Change a ticket").takes::<TicketBody>().refuses(&[409, 412]),
        ),
        Route::new(
            Method::PATCH,
            "/tickets/{id}",
            tickets::change,
            op("patchTicket", "Change parts of a ticket").takes::<TicketBody>().refuses(&[409, 412]),
        ),
        Route::new(Method::DELETE, "/tickets/{id}", tickets::remove, gone),
        Route::new(Method::POST, "/tickets/{id}/assign", tickets::assign, assign("assignTicket").refuses(&[422])),
        Route::new(Method::PUT, "/tickets/{id}/assign", tickets::assign, assign("putAssignee")),
        Route::new(
            Method::POST,
            "/tickets/{id}/change_status",
            tickets::change_status,
            op("changeStatus", "Set a ticket's status").takes::<StatusChange>().refuses(&[409, 412, 422]),
        ),
        Route::new(
            Method::GET,
            "/tickets/{id}/history",
            tickets::history,
            Operation::new("Tickets", "listHistory", "Read a ticket's history", history).query(PAGE),
        ),
    ]
}

fn action_rows() -> Vec<Route> {
    let op = |id, summary| Operation::new("Ticket life cycle", id, summary, shows_ticket(200)).refuses(&[409, 412, 422]);
    vec![
        Route::new(
            Method::POST,
            "/tickets/{id}/approve",
            lifecycle::approve,
            op("approveTicket", "Let a ticket in").takes::<Approval>(),
        ),
        Route::new(
            Method::POST,
            "/tickets/{id}/reject",
            lifecycle::reject,
            op("rejectTicket", "Refuse a ticket").takes::<Rejection>(),
        ),
        Route::new(Method::POST, "/tickets/{id}/claim", lifecycle::claim, op("claimTicket", "Take an open ticket")),
        Route::new(
            Method::POST,
            "/tickets/{id}/resolve",
            lifecycle::resolve,
            op("resolveTicket", "Answer a ticket").takes::<Resolution>(),
        ),
        Route::new(
            Method::POST,
            "/tickets/{id}/close",
            lifecycle::close,
            op("closeTicket", "Be done with a ticket").takes::<Remark>(),
        ),
        Route::new(
            Method::POST,
            "/tickets/{id}/reopen",
            lifecycle::reopen,
            op("reopenTicket", "Open a ticket again").takes::<Remark>(),
        ),
        Route::new(
            Method::POST,
            "/tickets/{id}/withdraw",
            lifecycle::withdraw,
            op("withdrawTicket", "Take a ticket back").takes::<Remark>(),
        ),
        Route::new(
            Method::POST,
            "/tickets/{id}/finalize",
            lifecycle::finalize,
            op("finalizeTicket", "Hand a ticket to the external workflow"),
        ),
    ]
}

fn comment_rows() -> Vec<Route> {
    type P = platform::ticket::Comment;
    type C = classic::ticket::Comment;
    let op = |id, summary| Operation::new("Comments", id, summary, Reply::shows::<P, C>(200));
    let lists = Operation::new("Comments", "listComments", "Read a ticket's conversation", Reply::lists::<P, C>()).query(PAGE);
    let makes = Operation::new("Comments", "createComment", "Say something on a ticket", Reply::shows::<P, C>(201));
    let gone = Operation::new("Comments", "deleteComment", "Take a comment back", Reply::nothing()).refuses(&[412]);
    vec![
        Route::new(Method::GET, "/tickets/{id}/comments", comments::list, lists),
        Route::new(Method::POST, "/tickets/{id}/comments", comments::add, makes.takes::<CommentBody>().refuses(&[412, 422])),
        Route::new(Method::GET, "/tickets/{id}/comments/{comment}", comments::read, op("readComment", "Read a comment")),
        Route::new(
            Method::PUT,
            "/tickets/{id}/comments/{comment}",
            comments::change,
            op("updateComment", "Change a comment").takes::<CommentBody>().refuses(&[412]),
        ),
        Route::new(
            Method::PATCH,
            "/tickets/{id}/comments/{comment}",
            comments::change,
            op("patchComment", "Change parts of a comment").takes::<CommentBody>().refuses(&[412]),
        ),
        Route::new(Method::DELETE, "/tickets/{id}/comments/{comment}", comments::remove, gone),
    ]
}

/// The six rows of one kind of entry.
macro_rules! entry_rows {
    ($module:ident, $tag:literal, $one:literal, $path:literal, $item:literal, $platform:ty, $classic:ty) => {{
        let shows = |status| Reply::shows::<$platform, $classic>(status);
        let op = |id, summary, reply| Operation::new($tag, id, summary, reply);
        vec![
            Route::new(
                Method::GET,
                $path,
                $module::list,
                op(concat!("list", $one), concat!("List ", $tag), Reply::lists::<$platform, $classic>()).query(PAGE).query(NAMES),
            ),
            Route::new(
                Method::POST,
                $path,
                $module::create,
                op(concat!("create", $one), concat!("Create: ", $one), shows(201)).takes::<Entry>().refuses(&[422]),
            ),
            Route::new(Method::GET, $item, $module::read, op(concat!("read", $one), concat!("Read: ", $one), shows(200))),
            Route::new(
                Method::PUT,
                $item,
                $module::change,
                op(concat!("update", $one), concat!("Change: ", $one), shows(200)).takes::<Entry>().refuses(&[412]),
            ),
            Route::new(
                Method::PATCH,
                $item,
                $module::change,
                op(concat!("patch", $one), concat!("Change parts: ", $one), shows(200)).takes::<Entry>().refuses(&[412]),
            ),
            Route::new(
                Method::DELETE,
                $item,
                $module::remove,
                op(concat!("delete", $one), concat!("Delete: ", $one), Reply::nothing()).refuses(&[409, 412]),
            ),
        ]
    }};
}

fn taxonomy_rows() -> Vec<Route> {
    type P = platform::taxonomy::Tag;
    type C = classic::taxonomy::Entry;
    let popular = Operation::new("Tags", "listPopularTags", "List the most used tags", Reply::lists::<P, C>()).query(PAGE);
    let mut rows = vec![Route::new(Method::GET, "/tags/popular", taxonomy::popular, popular)];
    rows.extend(entry_rows!(
        categories,
        "Categories",
        "Category",
        "/categories",
        "/categories/{id}",
        platform::taxonomy::Category,
        C
    ));
    rows.extend(entry_rows!(tags, "Tags", "Tag", "/tags", "/tags/{id}", P, C));
    rows.extend(entry_rows!(
        departments,
        "Departments",
        "Department",
        "/departments",
        "/departments/{id}",
        platform::taxonomy::Department,
        classic::taxonomy::Department
    ));
    rows
}

fn event_rows() -> Vec<Route> {
    let events =
        Operation::new("Events", "listEvents", "Follow the event log", Reply::shows::<events::Events, events::Events>(200));
    vec![Route::new(Method::GET, "/events", events::list, events.query(EVENTS))]
}
