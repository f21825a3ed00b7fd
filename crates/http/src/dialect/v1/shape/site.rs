//! Customers and locations.

use chrono::{DateTime, Utc};
use helpdesk_domain::field_service::{Coordinate, CustomerBrief, CustomerView, LocationBrief, LocationView};
use serde::Serialize;
use utoipa::ToSchema;

use super::Key;
use crate::dialect::v1::say::Shows;
use crate::gate::Seen;

/// Whom a work order is for.
#[derive(Debug, Serialize, ToSchema)]
pub struct CustomerRef<K: Key> {
    /// Its id.
    pub id: K,
    /// Name.
    pub name: String,
    /// Address for mails; may be empty.
    pub email: String,
    /// Telephone; may be empty.
    pub phone: String,
    /// Company; may be empty.
    pub company: String,
}

/// Where a work order is done.
#[derive(Debug, Serialize, ToSchema)]
pub struct LocationRef<K: Key> {
    /// Its id.
    pub id: K,
    /// What it is called.
    pub name: String,
    /// Street and house number; may be empty.
    pub address: String,
    /// Town; may be empty.
    pub city: String,
    /// Postal code; may be empty.
    pub postal_code: String,
    /// Country; may be empty.
    pub country: String,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
}

/// A customer.
#[derive(Debug, Serialize, ToSchema)]
pub struct Customer<K: Key> {
    /// Its id.
    pub id: K,
    /// Name.
    pub name: String,
    /// Address for mails; may be empty.
    pub email: String,
    /// Telephone; may be empty.
    pub phone: String,
    /// Company; may be empty.
    pub company: String,
    /// The account of the same person.
    pub user: Option<K::Person>,
    /// Made.
    pub created_at: DateTime<Utc>,
    /// Last changed.
    pub updated_at: DateTime<Utc>,
}

/// A location.
#[derive(Debug, Serialize, ToSchema)]
pub struct Location<K: Key> {
    /// The place itself.
    #[serde(flatten)]
    pub place: LocationRef<K>,
    /// Whose it is.
    pub customer: Option<CustomerRef<K>>,
    /// Made.
    pub created_at: DateTime<Utc>,
    /// Last changed.
    pub updated_at: DateTime<Utc>,
}

impl<K: Key> From<&CustomerBrief> for CustomerRef<K> {
    fn from(customer: &CustomerBrief) -> Self {
        Self {
            id: K::of(customer.id.0, customer.serial),
            name: customer.name.clone(),
            email: customer.email.clone(),
            phone: customer.phone.clone(),
            company: customer.company.clone(),
        }
    }
}

impl<K: Key> From<&LocationBrief> for LocationRef<K> {
    fn from(place: &LocationBrief) -> Self {
        Self {
            id: K::of(place.id.0, place.serial),
            name: place.name.clone(),
            address: place.address.clone(),
            city: place.city.clone(),
            postal_code: place.postal_code.clone(),
            country: place.country.clone(),
            latitude: place.latitude.map(Coordinate::degrees),
            longitude: place.longitude.map(Coordinate::degrees),
        }
    }
}

impl<K: Key> Shows<CustomerView> for Customer<K> {
    fn show(view: &CustomerView, _: &Seen<'_>) -> Self {
        Self {
            id: K::of(view.id.0, view.serial),
            name: view.name.clone(),
            email: view.email.clone(),
            phone: view.phone.clone(),
            company: view.company.clone(),
            user: view.user.as_ref().map(K::Person::from),
            created_at: view.created_at,
            updated_at: view.updated_at,
        }
    }
}

impl<K: Key> Shows<LocationView> for Location<K> {
    fn show(view: &LocationView, _: &Seen<'_>) -> Self {
        Self {
            place: LocationRef::from(&view.place),
            customer: view.customer.as_ref().map(CustomerRef::from),
            created_at: view.created_at,
            updated_at: view.updated_at,
        }
    }
}
