//! Locations.

use helpdesk_domain::field_service::{Coordinate, Location};
use helpdesk_domain::kernel::id::{LocationId, Revision};
use sea_orm::{FromQueryResult, Value};

use super::Refused;
use super::writing::Writing;
use crate::column::micros;
use crate::fault::breaks_reference;
use crate::portable;

const INSERT: &str = "INSERT INTO location (name, name_key, address, city, postal_code, country, search_key, latitude, longitude, \
    customer, updated_at, organization, id, created_at, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, \
    (SELECT serial FROM customer WHERE organization = ? AND id = ?), ?, ?, ?, ?, 1) RETURNING customer";

const UPDATE: &str = "UPDATE location SET name = ?, name_key = ?, address = ?, city = ?, postal_code = ?, country = ?, \
    search_key = ?, latitude = ?, longitude = ?, customer = (SELECT serial FROM customer WHERE organization = ? AND id = ?), \
    updated_at = ?, revision = revision + 1 WHERE organization = ? AND id = ? AND revision = ? RETURNING customer";

const DELETE: &str = "DELETE FROM location WHERE organization = ? AND id = ? AND revision = ?";

#[derive(FromQueryResult)]
struct Placed {
    customer: Option<i64>,
}

pub(super) async fn add(writing: &Writing<'_>, new: &Location) -> Result<(), Refused> {
    let mut values = values(writing.organization, new);
    values.extend([writing.organization.into(), new.id.0.into(), micros(new.created_at).into()]);
    place(writing, INSERT, values, new).await
}

pub(super) async fn save(writing: &Writing<'_>, changed: &Location) -> Result<(), Refused> {
    let mut values = values(writing.organization, changed);
    values.extend([writing.organization.into(), changed.id.0.into(), changed.revision.into()]);
    place(writing, UPDATE, values, changed).await
}

pub(super) async fn delete(writing: &Writing<'_>, id: LocationId, revision: Revision) -> Result<(), Refused> {
    let values = vec![writing.organization.into(), id.0.into(), revision.into()];
    match portable::execute(writing.transaction, DELETE, values).await {
        Ok(0) => Err(Refused::Stale),
        Ok(_) => Ok(()),
        Err(error) if breaks_reference(&error) => Err(Refused::Taken("location_in_use")),
        Err(error) => Err(error.into()),
    }
}

/// Writes the row. A customer that is not there has been deleted since the use case looked it up.
async fn place(writing: &Writing<'_>, text: &str, values: Vec<Value>, location: &Location) -> Result<(), Refused> {
    let placed: Placed = portable::one(writing.transaction, text, values).await?.ok_or(Refused::Stale)?;
    if placed.customer.is_some() == location.customer.is_some() { Ok(()) } else { Err(Refused::Stale) }
}

fn values(organization: i64, location: &Location) -> Vec<Value> {
    let searched = [location.name.as_str(), location.address.as_str(), location.city.as_str(), location.postal_code.as_str()];
    vec![
        location.name.as_str().into(),
        location.name.as_str().to_lowercase().into(),
        location.address.as_str().into(),
        location.city.as_str().into(),
        location.postal_code.as_str().into(),
        location.country.as_str().into(),
        searched.join("\n").to_lowercase().into(),
        location.latitude.map(Coordinate::parts).into(),
        location.longitude.map(Coordinate::parts).into(),
        organization.into(),
        location.customer.map(|id| id.0).into(),
        micros(location.updated_at).into(),
    ]
}
