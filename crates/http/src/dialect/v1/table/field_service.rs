//! Field service: work orders with their tasks and materials, customers, locations.

use actix_web::http::Method;
use utoipa::openapi::schema::Type;

use super::PAGE;
use crate::dialect::route::Route;
use crate::dialect::v1::request::site::{CustomerBody, LocationBody};
use crate::dialect::v1::request::work_order::{MaterialBody, TaskBody, WorkOrderBody};
use crate::dialect::v1::shape::{self, SerialId, Uid};
use crate::dialect::v1::{classic, customers, locations, platform, work_orders, work_parts};
use crate::openapi::operation::Parameter;
use crate::openapi::{Operation, Reply};

const ORDERS: &[Parameter] = &[
    ("status", Type::String, "Status words, separated by commas."),
    ("priority", Type::String, "Priority words, separated by commas."),
    ("customer_id", Type::String, "Customer by id (also `customer`)."),
    ("location_id", Type::String, "Location by id (also `location`)."),
    ("assigned_technician_id", Type::String, "Technician by id; `me`, or `none` for nobody (also `assigned_technician`)."),
    ("ticket_id", Type::String, "Ticket by id or number (also `ticket`)."),
    ("scheduled_after", Type::String, "Beginning at or after this time; a date alone is midnight UTC."),
    ("scheduled_before", Type::String, "Beginning before this time."),
    ("day", Type::String, "Beginning on this day of the organization's time zone, `YYYY-MM-DD`."),
    (
        "search",
        Type::String,
        "All of these words, or words that begin with them, in title, description, number or the customer's name; one typo per word is forgiven.",
    ),
    (
        "ordering",
        Type::String,
        "`created_at`, `scheduled_at`, `updated_at`, `priority` or `status`, `-` for descending; `scheduled_at` when absent where a time is asked for, else `-created_at`.",
    ),
];

const SITES: &[Parameter] = &[
    ("search", Type::String, "Part of the name, the address or the company; of a location's name, street, town or postal code."),
    ("ordering", Type::String, "`name`, `created_at` or `updated_at`, `-` for descending."),
];

type P = shape::work_order::WorkOrder<Uid>;
type C = shape::work_order::WorkOrder<SerialId>;
type HistoryP = platform::ticket::History;
type HistoryC = classic::ticket::History;

fn op(id: &'static str, summary: &'static str, reply: Reply) -> Operation {
    Operation::new("Field service", id, summary, reply)
}

/// `/work-orders/`
pub fn orders() -> Vec<Route> {
    let shows = |status| Reply::shows::<P, C>(status);
    let list = op("listWorkOrders", "List work orders; technicians their own", Reply::lists::<P, C>()).query(PAGE).query(ORDERS);
    let plan = op("createWorkOrder", "Plan a work order; staff", shows(201)).takes::<WorkOrderBody>().refuses(&[409, 422]);
    let change = |id, summary| op(id, summary, shows(200)).takes::<WorkOrderBody>().refuses(&[409, 412]);
    let remove = op("deleteWorkOrder", "Delete a work order; staff", Reply::nothing()).refuses(&[412]);
    let history = Reply::lists::<HistoryP, HistoryC>();
    let history = op("listWorkOrderHistory", "Read a work order's history", history).query(PAGE);
    let item = "/work-orders/{id}";
    vec![
        Route::new(Method::GET, "/work-orders", work_orders::list, list),
        Route::new(Method::POST, "/work-orders", work_orders::plan, plan),
        Route::new(Method::GET, item, work_orders::read, op("readWorkOrder", "Read a work order", shows(200))),
        Route::new(Method::PUT, item, work_orders::change, change("updateWorkOrder", "Change a work order")),
        Route::new(Method::PATCH, item, work_orders::change, change("patchWorkOrder", "Change parts of a work order")),
        Route::new(Method::DELETE, item, work_orders::remove, remove),
        Route::new(Method::GET, "/work-orders/{id}/history", work_orders::history, history),
    ]
}

/// `/work-orders/{id}/tasks/`
pub fn tasks() -> Vec<Route> {
    type P = shape::work_order::Task<Uid>;
    type C = shape::work_order::Task<SerialId>;
    let shows = |status| Reply::shows::<P, C>(status);
    let list = op("listWorkOrderTasks", "List a work order's tasks", Reply::lists::<P, C>()).query(PAGE);
    let add = op("createWorkOrderTask", "Add a task to a work order", shows(201)).takes::<TaskBody>().refuses(&[412, 422]);
    let change = |id, summary| op(id, summary, shows(200)).takes::<TaskBody>().refuses(&[412]);
    let remove = op("deleteWorkOrderTask", "Delete a task", Reply::nothing()).refuses(&[412]);
    let (all, item) = ("/work-orders/{id}/tasks", "/work-orders/{id}/tasks/{task}");
    vec![
        Route::new(Method::GET, all, work_parts::tasks, list),
        Route::new(Method::POST, all, work_parts::add_task, add),
        Route::new(Method::GET, item, work_parts::read_task, op("readWorkOrderTask", "Read a task", shows(200))),
        Route::new(Method::PUT, item, work_parts::change_task, change("updateWorkOrderTask", "Change a task")),
        Route::new(Method::PATCH, item, work_parts::change_task, change("patchWorkOrderTask", "Change parts of a task")),
        Route::new(Method::DELETE, item, work_parts::remove_task, remove),
    ]
}

/// `/work-orders/{id}/materials/`
pub fn materials() -> Vec<Route> {
    type P = shape::work_order::Material<Uid>;
    type C = shape::work_order::Material<SerialId>;
    let shows = |status| Reply::shows::<P, C>(status);
    let list = op("listWorkOrderMaterials", "List a work order's materials", Reply::lists::<P, C>()).query(PAGE);
    let add = op("createWorkOrderMaterial", "Add a material to a work order", shows(201));
    let add = add.takes::<MaterialBody>().refuses(&[412, 422]);
    let change = |id, summary| op(id, summary, shows(200)).takes::<MaterialBody>().refuses(&[412]);
    let remove = op("deleteWorkOrderMaterial", "Delete a material", Reply::nothing()).refuses(&[412]);
    let (all, item) = ("/work-orders/{id}/materials", "/work-orders/{id}/materials/{material}");
    vec![
        Route::new(Method::GET, all, work_parts::materials, list),
        Route::new(Method::POST, all, work_parts::add_material, add),
        Route::new(Method::GET, item, work_parts::read_material, op("readWorkOrderMaterial", "Read a material", shows(200))),
        Route::new(Method::PUT, item, work_parts::change_material, change("updateWorkOrderMaterial", "Change a material")),
        Route::new(
            Method::PATCH,
            item,
            work_parts::change_material,
            change("patchWorkOrderMaterial", "Change parts of a material"),
        ),
        Route::new(Method::DELETE, item, work_parts::remove_material, remove),
    ]
}

/// `/customers/`
pub fn customers() -> Vec<Route> {
    type P = shape::site::Customer<Uid>;
    type C = shape::site::Customer<SerialId>;
    let shows = |status| Reply::shows::<P, C>(status);
    let list = op("listCustomers", "List customers; staff", Reply::lists::<P, C>()).query(PAGE).query(SITES);
    let create = op("createCustomer", "Write a customer; staff", shows(201)).takes::<CustomerBody>().refuses(&[422]);
    let change = |id, summary| op(id, summary, shows(200)).takes::<CustomerBody>().refuses(&[412]);
    let remove = op("deleteCustomer", "Delete a customer that nothing refers to", Reply::nothing()).refuses(&[409, 412]);
    let item = "/customers/{id}";
    vec![
        Route::new(Method::GET, "/customers", customers::list, list),
        Route::new(Method::POST, "/customers", customers::create, create),
        Route::new(Method::GET, item, customers::read, op("readCustomer", "Read a customer", shows(200))),
        Route::new(Method::PUT, item, customers::change, change("updateCustomer", "Change a customer")),
        Route::new(Method::PATCH, item, customers::change, change("patchCustomer", "Change parts of a customer")),
        Route::new(Method::DELETE, item, customers::remove, remove),
    ]
}

/// `/locations/`
pub fn locations() -> Vec<Route> {
    type P = shape::site::Location<Uid>;
    type C = shape::site::Location<SerialId>;
    const OWNER: &[Parameter] = &[("customer_id", Type::String, "Those of this customer (also `customer`).")];
    let shows = |status| Reply::shows::<P, C>(status);
    let list = op("listLocations", "List locations; staff", Reply::lists::<P, C>()).query(PAGE).query(SITES).query(OWNER);
    let create = op("createLocation", "Write a location; staff", shows(201)).takes::<LocationBody>().refuses(&[422]);
    let change = |id, summary| op(id, summary, shows(200)).takes::<LocationBody>().refuses(&[412]);
    let remove = op("deleteLocation", "Delete a location that nothing refers to", Reply::nothing()).refuses(&[409, 412]);
    let item = "/locations/{id}";
    vec![
        Route::new(Method::GET, "/locations", locations::list, list),
        Route::new(Method::POST, "/locations", locations::create, create),
        Route::new(Method::GET, item, locations::read, op("readLocation", "Read a location", shows(200))),
        Route::new(Method::PUT, item, locations::change, change("updateLocation", "Change a location")),
        Route::new(Method::PATCH, item, locations::change, change("patchLocation", "Change parts of a location")),
        Route::new(Method::DELETE, item, locations::remove, remove),
    ]
}
