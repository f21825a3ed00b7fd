//! The audit log.

use actix_web::http::Method;
use utoipa::openapi::schema::Type;

use super::PAGE;
use crate::dialect::route::Route;
use crate::dialect::v1::audit;
use crate::dialect::v1::shape::{self, SerialId, Uid};
use crate::openapi::operation::Parameter;
use crate::openapi::{Operation, Reply};

const FILTERS: &[Parameter] = &[
    ("actor", Type::String, "Done by whom, by id, login name or address; `me`."),
    ("action", Type::String, "Words like `login.failed`, separated by commas."),
    ("created_after", Type::String, "At or after this time; a date alone is midnight UTC."),
    ("created_before", Type::String, "Before this time."),
];

/// `/audit-log/`
pub fn rows() -> Vec<Route> {
    let lines = Reply::lists::<shape::audit::AuditEntry<Uid>, shape::audit::AuditEntry<SerialId>>();
    let list = Operation::new("Audit log", "listAuditLog", "Read the audit log, newest first; admins", lines);
    vec![Route::new(Method::GET, "/audit-log", audit::list, list.query(PAGE).query(FILTERS))]
}
