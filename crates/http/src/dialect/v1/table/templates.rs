//! Response templates.

use actix_web::http::Method;
use utoipa::openapi::schema::Type;

use super::PAGE;
use crate::dialect::route::Route;
use crate::dialect::v1::request::template::{TemplateBody, TemplateUse};
use crate::dialect::v1::shape::{self, SerialId, Uid};
use crate::dialect::v1::templates;
use crate::openapi::operation::Parameter;
use crate::openapi::{Operation, Reply};

const FILTERS: &[Parameter] = &[
    ("search", Type::String, "Part of the title or of the category."),
    ("category", Type::String, "The category, in any case."),
    ("is_public", Type::Boolean, "Those for all staff, or one's own private ones."),
    ("ordering", Type::String, "`title`, `category`, `created_at` or `updated_at`, `-` for descending."),
];

type P = shape::template::Template<Uid>;
type C = shape::template::Template<SerialId>;
type Processed = shape::template::ProcessedTemplate;

/// `/templates/`
pub fn rows() -> Vec<Route> {
    let op = |id, summary, reply| Operation::new("Templates", id, summary, reply);
    let shows = |status| Reply::shows::<P, C>(status);
    let list = op("listTemplates", "List response templates; staff", Reply::lists::<P, C>()).query(PAGE).query(FILTERS);
    let create = op("createTemplate", "Write a response template; staff", shows(201)).takes::<TemplateBody>().refuses(&[422]);
    let change = |id, summary| op(id, summary, shows(200)).takes::<TemplateBody>().refuses(&[412]);
    let remove = op("deleteTemplate", "Delete a response template", Reply::nothing()).refuses(&[412]);
    let process = op("useTemplate", "Fill a response template in", Reply::says::<Processed>(200)).takes::<TemplateUse>();
    let item = "/templates/{id}";
    vec![
        Route::new(Method::GET, "/templates", templates::list, list),
        Route::new(Method::POST, "/templates", templates::create, create),
        Route::new(Method::GET, item, templates::read, op("readTemplate", "A response template", shows(200))),
        Route::new(Method::PUT, item, templates::change, change("updateTemplate", "Change a response template")),
        Route::new(Method::PATCH, item, templates::change, change("patchTemplate", "Change parts of a response template")),
        Route::new(Method::DELETE, item, templates::remove, remove),
        Route::new(Method::POST, "/templates/{id}/use_template", templates::process, process.refuses(&[422])),
    ]
}
