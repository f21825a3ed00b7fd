//! Many tickets at once.

use actix_web::http::Method;
use utoipa::openapi::schema::Type;

use super::tickets::TICKETS;
use crate::dialect::route::Route;
use crate::dialect::v1::bulk::{self, BulkChange};
use crate::dialect::v1::{classic, export, platform};
use crate::openapi::operation::Parameter;
use crate::openapi::{Operation, Reply};

const FORMAT: &[Parameter] =
    &[("format", Type::String, "`csv` (when absent) or `jsonl`: an object on each line, as a list shows it.")];

/// `/tickets/export/` and `/tickets/bulk/`
pub fn rows() -> Vec<Route> {
    let export = Operation::new("Tickets", "exportTickets", "Take tickets out as a file; staff", Reply::content());
    let results = Reply::shows::<platform::bulk::BulkResults, classic::bulk::BulkResults>(200);
    let change = Operation::new("Tickets", "changeTickets", "Change many tickets alike; staff", results);
    let change = change.takes::<BulkChange>().refuses(&[422]);
    vec![
        Route::new(Method::GET, "/tickets/export", export::tickets, export.query(FORMAT).query(TICKETS)),
        Route::new(Method::POST, "/tickets/bulk", bulk::change, change),
    ]
}
