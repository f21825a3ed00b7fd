//! The routing table of `/api`: what is served, and, from the same rows, what is described.

use actix_web::Scope;
use actix_web::http::Method;
use actix_web::web::{self, Data};
use utoipa::ToSchema;
use utoipa::openapi::path::HttpMethod;
use utoipa::openapi::schema::Type;

use super::refusal::Refusal;
use super::wire::{self, action, details, employee, ticket};
use super::{SmartSupport, doors, employees, lifecycle, passwords, root, tickets};
use crate::dialect::media;
use crate::dialect::route::{self, Route};
use crate::gate::Params;
use crate::openapi::operation::Parameter;
use crate::openapi::{Described, Document, Operation, Reply};
use crate::problem::Answer;
use crate::settings::HttpSettings;

const BASE: &str = "/api";

const TICKETS: &[Parameter] = &[
    ("status", Type::String, "Status words, several separated by commas."),
    ("priority", Type::String, "`Critical`, `High`, `Medium`, `Low`; several separated by commas."),
    ("category", Type::String, "Name or id of a category."),
    ("department", Type::String, "Name or id of a department."),
    ("assigned_to", Type::String, "Whoever works on it: id, `me`, or `none`."),
    ("employee", Type::String, "Whoever asked: id or `me`."),
    ("created_after", Type::String, "Submitted then or later."),
    ("created_before", Type::String, "Submitted before."),
    ("search", Type::String, "All of these words, or words that begin with them; one typo per word is forgiven."),
    ("ordering", Type::String, "`submit_date`, `update_date`, `priority`, `status`; with `-` the other way round."),
    ("page", Type::Integer, "Page number, from 1."),
    ("page_size", Type::Integer, "Entries per page; 20, at most 100."),
    ("cursor", Type::String, "Empty to walk from the newest; then what `next` says."),
];

/// A picture, PNG or JPEG, 2 MB at most; it becomes 1024 by 1024 pixels.
#[derive(ToSchema)]
struct Picture {
    /// The picture.
    #[schema(value_type = String, format = Binary)]
    #[expect(dead_code, reason = "described, not read: the gate reads forms")]
    image: Vec<u8>,
}

/// All rows. Words before parameters: the first path that fits is taken.
pub fn table() -> Vec<Route> {
    doors().into_iter().chain(passwords()).chain(accounts()).chain(lists()).chain(actions()).collect()
}

fn doors() -> Vec<Route> {
    let op = |id, summary, reply| Operation::new("Authentication", id, summary, reply).public();
    let employee = op("loginEmployee", "Log in as an employee", Reply::says::<employee::EmployeeLogin>(200));
    let admin = op("loginAdmin", "Log in as a coordinator or an admin", Reply::says::<employee::AdminLogin>(200));
    let refresh = op("refreshToken", "Get another access token", Reply::says::<doors::Access>(200));
    let start = Operation::new("Start", "readRoot", "Find your way", Reply::says::<root::Root>(200)).public();
    vec![
        Route::new(Method::GET, "", root::root, start),
        Route::new(Method::POST, "/token/employee", doors::employee, employee.takes::<doors::Credentials>()),
        Route::new(Method::POST, "/token/admin", doors::admin, admin.takes::<doors::Credentials>()),
        Route::new(Method::POST, "/token/refresh", doors::refresh, refresh.takes::<doors::Refresh>()),
    ]
}

fn passwords() -> Vec<Route> {
    let op = |id, summary| Operation::new("Passwords", id, summary, Reply::says::<wire::Detail>(200));
    let change = op("changePassword", "Change one's password").takes::<passwords::PasswordChange>();
    let check = op("checkPassword", "Try one's password").takes::<passwords::PasswordCheck>();
    let forgot = op("forgotPassword", "Ask for a link to choose another password").takes::<passwords::Forgetful>().public();
    let reset = op("resetPassword", "Choose another password by a link").takes::<passwords::PasswordReset>().public();
    vec![
        Route::new(Method::POST, "/employee/change-password", passwords::change, change),
        Route::new(Method::POST, "/employee/check-password", passwords::check, check),
        Route::new(Method::POST, "/employee/forgot-password", passwords::forgot, forgot),
        Route::new(Method::POST, "/employee/reset-password", passwords::reset, reset),
    ]
}

fn accounts() -> Vec<Route> {
    let op = |id, summary, reply| Operation::new("Employees", id, summary, reply);
    let apply = op("applyForAccount", "Apply for an account", Reply::says::<employee::Applied>(201)).public();
    let create = op("createEmployee", "Make an account; admins only", Reply::says::<employee::EmployeeCreated>(201));
    let list = op("listEmployees", "List all accounts; admins only", Reply::arrays::<employee::Employee>());
    let approve = op("approveEmployee", "Let somebody in; admins only", Reply::says::<wire::Detail>(200));
    let reject = op("rejectEmployee", "Turn somebody down; admins only", Reply::says::<wire::Detail>(200));
    let rejected = op("listRejected", "List who was turned down; admins only", Reply::arrays::<employee::RejectedEmployee>());
    let count = op("countRejected", "Count who was turned down; staff only", Reply::says::<employee::RejectedCount>(200));
    let profile = op("readProfile", "Read one's own account", Reply::says::<employee::Employee>(200));
    let image = op("uploadImage", "Change one's picture", Reply::says::<employee::ImageUploaded>(200)).uploads::<Picture>();
    vec![
        Route::new(Method::POST, "/create_employee", employees::apply, apply.uploads::<employees::Application>().refuses(&[408])),
        Route::new(
            Method::POST,
            "/admin/create-employee",
            employees::create,
            create.takes::<employees::NewAccount>().refuses(&[422]),
        ),
        Route::new(Method::GET, "/admin/rejected-users-count", employees::count, count),
        Route::new(Method::GET, "/employees", employees::list, list),
        Route::new(Method::POST, "/employees/{id}/approve", employees::approve, approve.refuses(&[412, 422])),
        Route::new(
            Method::POST,
            "/employees/{id}/reject",
            employees::reject,
            reject.takes::<employees::Reason>().refuses(&[412, 422]),
        ),
        Route::new(Method::GET, "/rejected-employees", employees::rejected, rejected),
        Route::new(Method::GET, "/employee/profile", employees::profile, profile),
        Route::new(Method::POST, "/employee/upload-image", employees::upload_image, image.refuses(&[408, 422])),
    ]
}

fn lists() -> Vec<Route> {
    let op = |id, summary, reply| Operation::new("Tickets", id, summary, reply);
    let list = op("listTickets", "List tickets", Reply::lists::<ticket::Ticket, ticket::Ticket>()).query(TICKETS);
    let make = op("createTicket", "Ask for help", Reply::says::<ticket::Ticket>(201)).uploads::<tickets::NewTicket>();
    let new = op("listNewTickets", "List what waits for approval; staff only", Reply::arrays::<ticket::Waiting>());
    let open = op("listOpenTickets", "List what waits to be taken; staff only", Reply::arrays::<ticket::Ticket>());
    let mine = op("listMyTickets", "List what the caller has; staff only", Reply::arrays::<ticket::Held>());
    let read = op("readTicket", "Read a ticket with its comments", Reply::says::<details::TicketDetails>(200));
    let content = op("downloadAttachment", "Read the content of a file", Reply::content());
    vec![
        Route::new(Method::GET, "/tickets", tickets::list, list),
        Route::new(Method::POST, "/tickets", tickets::create, make.refuses(&[408, 422])),
        Route::new(Method::GET, "/tickets/new", tickets::new, new),
        Route::new(Method::GET, "/tickets/open", tickets::open, open),
        Route::new(Method::GET, "/tickets/my-tickets", tickets::mine, mine),
        Route::new(Method::GET, "/tickets/{id}", tickets::read, read),
        Route::new(Method::GET, "/attachments/{id}/download", tickets::download, content.refuses(&[416])),
    ]
}

fn actions() -> Vec<Route> {
    let op = |id, summary, reply| Operation::new("Tickets", id, summary, reply).refuses(&[412, 422]);
    let approve = op("approveTicket", "Let a ticket in; staff only", Reply::says::<action::Approved>(200));
    let reject = op("rejectTicket", "Refuse a ticket; staff only", Reply::says::<action::Rejected>(200));
    let claim = op("claimTicket", "Take an open ticket; staff only", Reply::says::<action::Claimed>(200));
    let update = op("updateTicketStatus", "Set the status of a ticket; staff only", Reply::says::<action::StatusSet>(200));
    let withdraw = op("withdrawTicket", "Take one's ticket back", Reply::says::<action::Ended>(200));
    let close = op("closeTicket", "Be done with a ticket", Reply::says::<action::Ended>(200));
    let finalize = op("finalizeTicket", "Hand a ticket to the workflow; staff only", Reply::says::<wire::Detail>(200));
    vec![
        Route::new(Method::POST, "/tickets/{id}/approve", lifecycle::approve, approve.takes::<lifecycle::Approval>()),
        Route::new(Method::POST, "/tickets/{id}/reject", lifecycle::reject, reject.takes::<lifecycle::Rejection>()),
        Route::new(Method::POST, "/tickets/{id}/claim", lifecycle::claim, claim),
        Route::new(
            Method::POST,
            "/tickets/{id}/update-status",
            lifecycle::update_status,
            update.takes::<lifecycle::StatusChange>(),
        ),
        Route::new(Method::POST, "/tickets/{id}/withdraw", lifecycle::withdraw, withdraw.takes::<lifecycle::Remark>()),
        Route::new(Method::POST, "/tickets/{id}/close", lifecycle::close, close.takes::<lifecycle::Remark>()),
        Route::new(Method::POST, "/tickets/{id}/finalize", lifecycle::finalize, finalize),
    ]
}

/// Everything under `/api` that no other dialect has, behind its gate.
pub fn scope() -> impl actix_web::dev::HttpServiceFactory {
    route::scope::<SmartSupport>(Scope::new(BASE).route("/schema", web::get().to(schema)), table())
}

/// The `OpenAPI` document.
pub fn document(public_url: &str) -> serde_json::Value {
    let about = "Employees who are let in by an admin, and tickets that wait for approval. Ids are integers (UUIDs are \
                 understood too); a slash at the end of a path is optional. POST takes an `Idempotency-Key`; single \
                 resources have an `ETag`, changes take `If-Match`.";
    let mut document = Document::new("Helpdesk API, smartsupport", about, Described::of::<Refusal>());
    let (path, content) = media::described();
    document.describe(HttpMethod::Get, path, &content, false);
    route::describe(document, BASE, &table(), false, public_url)
}

/// `GET /schema/?format=`
async fn schema(settings: Data<HttpSettings>, params: Params) -> Answer {
    route::document(|_, url| document(url), &settings, &params)
}
