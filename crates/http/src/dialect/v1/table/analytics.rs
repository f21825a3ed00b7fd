//! Figures.

use actix_web::http::Method;
use utoipa::openapi::schema::Type;

use crate::dialect::route::Route;
use crate::dialect::v1::analytics::{self, Dashboard, Performance, Tickets, Users, WorkOrders};
use crate::dialect::v1::shape::{SerialId, Uid};
use crate::openapi::operation::Parameter;
use crate::openapi::{Operation, Reply};

const DAYS: &[Parameter] = &[
    (
        "date_range",
        Type::String,
        "`7d`, `30d` (the standard), `90d` or `1y`: so many days of the organization's zone until today.",
    ),
    ("date_from", Type::String, "Instead of it: the first day, or a time in it."),
    ("date_to", Type::String, "The last day, or a time in it; today when absent. At most 3660 days."),
    ("metrics", Type::String, "Names of the parts that are wanted, separated by commas."),
    (
        "filters",
        Type::String,
        "A JSON object of parameters of the ticket list, e.g. `{\"priority\": \"high\"}`; at most 200 000 tickets.",
    ),
];

/// `/analytics/`
pub fn rows() -> Vec<Route> {
    let op = |id, summary, reply| Operation::new("Analytics", id, summary, reply).query(DAYS);
    let dashboard = Reply::shows::<Dashboard<Uid>, Dashboard<SerialId>>(200);
    let tickets = Reply::shows::<Tickets<Uid>, Tickets<SerialId>>(200);
    let users = Reply::shows::<Users<Uid>, Users<SerialId>>(200);
    let performance = Reply::shows::<Performance<Uid>, Performance<SerialId>>(200);
    let (read_dashboard, read_tickets) = (
        op("readDashboard", "What happened at the desk; staff", dashboard),
        op("readTicketAnalytics", "What happened to tickets; staff", tickets),
    );
    let work = Reply::shows::<WorkOrders<Uid>, WorkOrders<SerialId>>(200);
    let read_work = op("readWorkOrderAnalytics", "What was done on site; staff", work);
    let (read_users, read_performance) = (
        op("readUserAnalytics", "Who uses the desk; staff", users),
        op("readPerformance", "How well the desk works; staff", performance),
    );
    vec![
        Route::new(Method::GET, "/analytics/dashboard", analytics::dashboard, read_dashboard),
        Route::new(Method::GET, "/analytics/tickets", analytics::tickets, read_tickets),
        Route::new(Method::GET, "/analytics/work-orders", analytics::work_orders, read_work),
        Route::new(Method::GET, "/analytics/users", analytics::users, read_users),
        Route::new(Method::GET, "/analytics/performance", analytics::performance, read_performance),
    ]
}
