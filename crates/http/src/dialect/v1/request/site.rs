//! Customers and locations, as clients write them.

use helpdesk_domain::field_service::command::{WriteCustomer, WriteLocation};
use helpdesk_domain::kernel::Problem as FieldProblem;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Given, Ref};
use crate::problem::Problem;

/// A customer to write or to change; absent fields stay.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct CustomerBody {
    /// Name; required to write one.
    #[schema(value_type = Option<String>, max_length = 255)]
    #[serde(default)]
    pub name: Given<String>,
    /// Address for mails.
    #[schema(value_type = Option<String>, max_length = 254)]
    #[serde(default)]
    pub email: Given<String>,
    /// Telephone.
    #[schema(value_type = Option<String>, max_length = 50)]
    #[serde(default)]
    pub phone: Given<String>,
    /// Company.
    #[schema(value_type = Option<String>, max_length = 255)]
    #[serde(default)]
    pub company: Given<String>,
    /// The account of the same person, or `null`.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub user: Given<Ref>,
    /// The same.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub user_id: Given<Ref>,
}

/// A location to write or to change; absent fields stay.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct LocationBody {
    /// What it is called; required to write one.
    #[schema(value_type = Option<String>, max_length = 255)]
    #[serde(default)]
    pub name: Given<String>,
    /// Street and house number.
    #[schema(value_type = Option<String>, max_length = 500)]
    #[serde(default)]
    pub address: Given<String>,
    /// Town.
    #[schema(value_type = Option<String>, max_length = 100)]
    #[serde(default)]
    pub city: Given<String>,
    /// Postal code.
    #[schema(value_type = Option<String>, max_length = 20)]
    #[serde(default)]
    pub postal_code: Given<String>,
    /// Country.
    #[schema(value_type = Option<String>, max_length = 100)]
    #[serde(default)]
    pub country: Given<String>,
    /// Degrees north, or `null`.
    #[schema(value_type = Option<f64>, minimum = -90, maximum = 90)]
    #[serde(default)]
    pub latitude: Given<f64>,
    /// Degrees east, or `null`.
    #[schema(value_type = Option<f64>, minimum = -180, maximum = 180)]
    #[serde(default)]
    pub longitude: Given<f64>,
    /// Whose it is, or `null`.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub customer: Given<Ref>,
    /// The same.
    #[schema(value_type = Option<Ref>)]
    #[serde(default)]
    pub customer_id: Given<Ref>,
}

impl CustomerBody {
    /// To be written or changed; `null` empties a text.
    pub fn into_command(self) -> Result<WriteCustomer, Problem> {
        Ok(WriteCustomer {
            name: named(self.name)?,
            email: text(self.email),
            phone: text(self.phone),
            company: text(self.company),
            user: self.user.or(self.user_id).map(|user| user.0),
        })
    }
}

impl LocationBody {
    /// To be written or changed; `null` empties a text.
    pub fn into_command(self) -> Result<WriteLocation, Problem> {
        Ok(WriteLocation {
            name: named(self.name)?,
            address: text(self.address),
            city: text(self.city),
            postal_code: text(self.postal_code),
            country: text(self.country),
            latitude: self.latitude.0,
            longitude: self.longitude.0,
            customer: self.customer.or(self.customer_id).map(|customer| customer.0),
        })
    }
}

fn text(given: Given<String>) -> Option<String> {
    given.0.map(Option::unwrap_or_default)
}

/// A name can be changed but not emptied.
fn named(given: Given<String>) -> Result<Option<String>, Problem> {
    match given.0 {
        Some(None) => Err(Problem::field("name", FieldProblem::Null)),
        Some(name) => Ok(name),
        None => Ok(None),
    }
}
