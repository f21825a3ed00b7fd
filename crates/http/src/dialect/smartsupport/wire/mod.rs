//! What smartsupport answers.

pub mod action;
pub mod details;
pub mod employee;
pub mod ticket;

use serde::Serialize;
use utoipa::ToSchema;

/// A sentence.
#[derive(Debug, Serialize, ToSchema)]
pub struct Detail {
    /// What came of it.
    pub detail: &'static str,
}

/// Where somebody's picture is.
pub fn image(public_url: &str) -> String {
    format!("{public_url}/media/employee_images/default-profile.png")
}
