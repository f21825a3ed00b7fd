//! What other programs report.

use actix_web::http::Method;

use crate::dialect::route::Route;
use crate::dialect::v1::integrations::{self, WorkflowReport};
use crate::dialect::v1::{classic, platform};
use crate::openapi::{Operation, Reply};

/// `/integrations/`
pub fn rows() -> Vec<Route> {
    let reply = Reply::shows::<platform::ticket::TicketDetails, classic::ticket::TicketDetails>(200);
    let report = Operation::new("Integrations", "reportWorkflow", "Report what became of a ticket; an external workflow", reply);
    let report = report.takes::<WorkflowReport>().refuses(&[409, 422]);
    vec![Route::new(Method::POST, "/integrations/workflow/callback", integrations::callback, report)]
}
