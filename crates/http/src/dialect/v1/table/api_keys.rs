//! Keys for programs.

use actix_web::http::Method;

use super::PAGE;
use crate::dialect::route::Route;
use crate::dialect::v1::api_keys::{self, ApiKey, FreshApiKey, NewApiKey};
use crate::openapi::{Operation, Reply};

/// `/api-keys/`
pub fn rows() -> Vec<Route> {
    let op = |id, summary, reply| Operation::new("API keys", id, summary, reply);
    let lists = op("listApiKeys", "List API keys", Reply::lists::<ApiKey, ApiKey>()).query(PAGE);
    let makes = op("createApiKey", "Create an API key; its secret is shown once", Reply::says::<FreshApiKey>(201));
    vec![
        Route::new(Method::GET, "/api-keys", api_keys::list, lists),
        Route::new(Method::POST, "/api-keys", api_keys::create, makes.takes::<NewApiKey>().refuses(&[422])),
        Route::new(Method::DELETE, "/api-keys/{id}", api_keys::remove, op("deleteApiKey", "End an API key", Reply::nothing())),
    ]
}
