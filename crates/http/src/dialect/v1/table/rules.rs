//! Rules and macros.

use actix_web::http::Method;
use utoipa::openapi::schema::Type;

use super::PAGE;
use crate::dialect::route::Route;
use crate::dialect::v1::platform::macros::Macro;
use crate::dialect::v1::platform::replay::Replay;
use crate::dialect::v1::platform::rule::{LogEntry, Rule};
use crate::dialect::v1::request::macros::{MacroBody, MacroUse};
use crate::dialect::v1::request::rule::{RuleBody, RuleTest};
use crate::dialect::v1::{classic, macros, platform, rules};
use crate::openapi::operation::Parameter;
use crate::openapi::{Operation, Reply};

const FILTERS: &[Parameter] = &[
    ("search", Type::String, "Part of the name."),
    ("is_active", Type::Boolean, "Those that are carried out, or those that are not."),
    ("trigger", Type::String, "`event` or `time`."),
    ("ordering", Type::String, "`position`, `name` or `created_at`, `-` for descending."),
];

/// `/rules/`
pub fn rows() -> Vec<Route> {
    let op = |id, summary, reply| Operation::new("Automation", id, summary, reply);
    let shows = |status| Reply::says::<Rule>(status);
    let list = op("listRules", "List rules; staff", Reply::lists::<Rule, Rule>()).query(PAGE).query(FILTERS);
    let create = op("createRule", "Make a rule; admins", shows(201)).takes::<RuleBody>().refuses(&[409, 422]);
    let change = |id, summary| op(id, summary, shows(200)).takes::<RuleBody>().refuses(&[412]);
    let remove = op("deleteRule", "Delete a rule with its log; admins", Reply::nothing()).refuses(&[412]);
    let log = op("listRuleLog", "What a rule did, newest first; staff", Reply::lists::<LogEntry, LogEntry>()).query(PAGE);
    let test =
        op("testRule", "Replay a rule, or a draft of it, over past events; changes nothing; staff", Reply::says::<Replay>(200));
    let item = "/rules/{id}";
    vec![
        Route::new(Method::GET, "/rules", rules::list, list),
        Route::new(Method::POST, "/rules", rules::create, create),
        Route::new(Method::GET, item, rules::read, op("readRule", "A rule; staff", shows(200))),
        Route::new(Method::PUT, item, rules::change, change("updateRule", "Change a rule; admins")),
        Route::new(Method::PATCH, item, rules::change, change("patchRule", "Change parts of a rule; admins")),
        Route::new(Method::DELETE, item, rules::remove, remove),
        Route::new(Method::GET, "/rules/{id}/log", rules::log, log),
        Route::new(Method::POST, "/rules/{id}/test", rules::test, test.takes::<RuleTest>().refuses(&[422])),
    ]
}

const SEARCH: &[Parameter] = &[("search", Type::String, "Part of the name.")];

/// `/macros/` and `/tickets/{id}/macro/`
pub fn macros() -> Vec<Route> {
    type P = platform::ticket::TicketDetails;
    type C = classic::ticket::TicketDetails;
    let op = |id, summary, reply| Operation::new("Automation", id, summary, reply);
    let shows = |status| Reply::says::<Macro>(status);
    let list = op("listMacros", "List macros; staff", Reply::lists::<Macro, Macro>()).query(PAGE).query(SEARCH);
    let create = op("createMacro", "Make a macro; staff, a public one admins", shows(201)).takes::<MacroBody>().refuses(&[422]);
    let change = |id, summary| op(id, summary, shows(200)).takes::<MacroBody>().refuses(&[412]);
    let remove = op("deleteMacro", "Delete a macro", Reply::nothing()).refuses(&[412]);
    let carry_out = op("useMacro", "Do with a ticket what a macro says; staff", Reply::shows::<P, C>(200)).takes::<MacroUse>();
    let item = "/macros/{id}";
    vec![
        Route::new(Method::GET, "/macros", macros::list, list),
        Route::new(Method::POST, "/macros", macros::create, create),
        Route::new(Method::GET, item, macros::read, op("readMacro", "A macro; staff", shows(200))),
        Route::new(Method::PUT, item, macros::change, change("updateMacro", "Change a macro")),
        Route::new(Method::PATCH, item, macros::change, change("patchMacro", "Change parts of a macro")),
        Route::new(Method::DELETE, item, macros::remove, remove),
        Route::new(Method::POST, "/tickets/{id}/macro", macros::carry_out, carry_out.refuses(&[409, 412, 422])),
    ]
}
