//! Bodies that come as JSON, or as a form with files.

use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::de::DeserializeOwned;

use super::Body;
use super::multipart::{Parts, is_form_by};
use crate::problem::Problem;

/// A body that comes as JSON or as a form with files.
pub enum Written<T> {
    /// Without files, read.
    Plain(T),
    /// A form, not read yet.
    Form(Parts),
}

impl<T: DeserializeOwned + 'static> FromRequest for Written<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if is_form_by(request.headers()) {
            let parts = Parts::from_request(request, payload);
            return Box::pin(async move { parts.await.map(Self::Form) });
        }
        let body = Body::<T>::from_request(request, payload);
        Box::pin(async move { body.await.map(|Body(body)| Self::Plain(body)) })
    }
}
