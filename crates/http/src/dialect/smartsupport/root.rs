//! `GET /api/`: where things are.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::Answer;
use crate::settings::HttpSettings;

/// Addresses.
#[derive(Serialize, ToSchema)]
#[schema(as = ApiRoot)]
pub struct Root {
    /// To apply for an account.
    create_employee: String,
    /// To make an account, as an admin.
    #[serde(rename = "admin-create-employee")]
    admin_create_employee: String,
    /// To log in as an employee.
    token_employee: String,
    /// To log in as a coordinator or an admin.
    admin_token_obtain_pair: String,
    /// To get another access token.
    token_refresh: String,
    /// The caller's own account.
    employee_profile: String,
    /// Tickets.
    tickets: String,
}

/// `GET /`: for everybody.
pub async fn root(settings: Data<HttpSettings>) -> Answer {
    let at = |path: &str| format!("{}/api/{path}/", settings.public_url);
    Ok(HttpResponse::Ok().json(Root {
        create_employee: at("create_employee"),
        admin_create_employee: at("admin/create-employee"),
        token_employee: at("token/employee"),
        admin_token_obtain_pair: at("token/admin"),
        token_refresh: at("token/refresh"),
        employee_profile: at("employee/profile"),
        tickets: at("tickets"),
    }))
}
