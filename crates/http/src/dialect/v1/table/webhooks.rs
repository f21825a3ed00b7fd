//! Webhooks.

use actix_web::http::Method;
use utoipa::openapi::schema::Type;

use super::PAGE;
use crate::dialect::route::Route;
use crate::dialect::v1::platform::webhook::{Delivery, FreshWebhook, Webhook};
use crate::dialect::v1::request::webhook::WebhookBody;
use crate::dialect::v1::webhooks;
use crate::openapi::operation::Parameter;
use crate::openapi::{Operation, Reply};

const STATUS: &[Parameter] = &[("status", Type::String, "`pending`, `delivered` or `failed`.")];

/// `/webhooks/`
pub fn rows() -> Vec<Route> {
    let op = |id, summary, reply| Operation::new("Webhooks", id, summary, reply);
    let shows = || Reply::says::<Webhook>(200);
    let list = op("listWebhooks", "List webhooks; admins", Reply::lists::<Webhook, Webhook>()).query(PAGE);
    let create = op("createWebhook", "Make a webhook; its secret is shown once", Reply::says::<FreshWebhook>(201));
    let create = create.takes::<WebhookBody>().refuses(&[409, 422]);
    let change = |id, summary| op(id, summary, shows()).takes::<WebhookBody>().refuses(&[412]);
    let remove = op("deleteWebhook", "Delete a webhook", Reply::nothing()).refuses(&[412]);
    let told = op("listDeliveries", "What a webhook was told, newest first", Reply::lists::<Delivery, Delivery>());
    let again = op("redeliver", "Tell a webhook once more", Reply::says::<Delivery>(202)).refuses(&[409, 422]);
    let item = "/webhooks/{id}";
    vec![
        Route::new(Method::GET, "/webhooks", webhooks::list, list),
        Route::new(Method::POST, "/webhooks", webhooks::create, create),
        Route::new(Method::GET, item, webhooks::read, op("readWebhook", "A webhook", shows())),
        Route::new(Method::PUT, item, webhooks::change, change("updateWebhook", "Change a webhook")),
        Route::new(Method::PATCH, item, webhooks::change, change("patchWebhook", "Change parts of a webhook")),
        Route::new(Method::DELETE, item, webhooks::remove, remove),
        Route::new(Method::GET, "/webhooks/{id}/deliveries", webhooks::deliveries, told.query(PAGE).query(STATUS)),
        Route::new(Method::POST, "/webhooks/{id}/deliveries/{delivery}/redeliver", webhooks::redeliver, again),
    ]
}
