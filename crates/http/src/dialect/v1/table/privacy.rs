//! What is kept of people.

use actix_web::http::Method;

use crate::dialect::route::Route;
use crate::dialect::v1::privacy;
use crate::dialect::v1::shape::{self, SerialId, Uid};
use crate::openapi::{Operation, Reply};

/// `/users/{id}/export/` and `/users/{id}/erase/`
pub fn rows() -> Vec<Route> {
    let export = Operation::new("Privacy", "exportUser", "All that is kept of a person; admins", Reply::content());
    let erased = Reply::shows::<shape::privacy::Erasure<Uid>, shape::privacy::Erasure<SerialId>>(200);
    let erase = Operation::new("Privacy", "eraseUser", "Erase a person; admins", erased).refuses(&[409, 422]);
    vec![
        Route::new(Method::GET, "/users/{id}/export", privacy::export, export),
        Route::new(Method::POST, "/users/{id}/erase", privacy::erase, erase),
    ]
}
