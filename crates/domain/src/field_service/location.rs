//! Where work is done.

use std::ops::Deref;

use super::work_order::{CustomerBrief, LocationBrief};
use crate::kernel::clock::Moment;
use crate::kernel::id::{CustomerId, LocationId, OrganizationId, Revision};
use crate::kernel::text::{LocationName, Place, PostalCode, StreetAddress};
use crate::kernel::violation::Problem;

/// Degrees on the globe, to the ten-millionth of one, which is about a centimetre.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coordinate(i64);

/// How many of its parts make a degree.
const PARTS: f64 = 1e7;

impl Coordinate {
    /// Degrees north: −90 to 90.
    pub fn latitude(degrees: f64) -> Result<Self, Problem> {
        Self::within(degrees, 90)
    }

    /// Degrees east: −180 to 180.
    pub fn longitude(degrees: f64) -> Result<Self, Problem> {
        Self::within(degrees, 180)
    }

    /// So many ten-millionths of a degree.
    pub const fn of_parts(parts: i64) -> Self {
        Self(parts)
    }

    /// How many ten-millionths of a degree.
    pub const fn parts(self) -> i64 {
        self.0
    }

    /// The degrees.
    #[expect(clippy::cast_precision_loss, reason = "180 degrees have fewer parts than a float has integers")]
    pub fn degrees(self) -> f64 {
        self.0 as f64 / PARTS
    }

    #[expect(clippy::cast_possible_truncation, reason = "it has been compared with the most")]
    fn within(degrees: f64, most: i32) -> Result<Self, Problem> {
        if degrees > f64::from(most) {
            return Err(Problem::AboveMaximum(most.into()));
        }
        if degrees >= -f64::from(most) {
            Ok(Self((degrees * PARTS).round() as i64))
        } else {
            Err(Problem::BelowMinimum((-most).into()))
        }
    }
}

/// All that is kept of a location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocationState {
    /// Identity.
    pub id: LocationId,
    /// Tenant.
    pub organization: OrganizationId,
    /// What it is called.
    pub name: LocationName,
    /// Street and house number; may be empty.
    pub address: StreetAddress,
    /// Town; may be empty.
    pub city: Place,
    /// Postal code; may be empty.
    pub postal_code: PostalCode,
    /// Country; may be empty.
    pub country: Place,
    /// Degrees north.
    pub latitude: Option<Coordinate>,
    /// Degrees east.
    pub longitude: Option<Coordinate>,
    /// Whose it is.
    pub customer: Option<CustomerId>,
    /// Made.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often it was written.
    pub revision: Revision,
}

/// A location. Changed through its verbs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location(LocationState);

/// What is to change; none leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LocationChange {
    /// What it is called.
    pub name: Option<LocationName>,
    /// Street and house number.
    pub address: Option<StreetAddress>,
    /// Town.
    pub city: Option<Place>,
    /// Postal code.
    pub postal_code: Option<PostalCode>,
    /// Country.
    pub country: Option<Place>,
    /// Degrees north.
    pub latitude: Option<Option<Coordinate>>,
    /// Degrees east.
    pub longitude: Option<Option<Coordinate>>,
    /// Whose it is.
    pub customer: Option<Option<CustomerId>>,
}

impl Deref for Location {
    type Target = LocationState;

    fn deref(&self) -> &LocationState {
        &self.0
    }
}

impl Location {
    /// A location, new or as it was stored.
    pub fn restored(state: LocationState) -> Self {
        Self(state)
    }

    /// Applies the change; tells whether anything is otherwise now.
    pub fn change(&mut self, change: LocationChange, now: Moment) -> bool {
        let LocationChange { name, address, city, postal_code, country, latitude, longitude, customer } = change;
        let before = self.0.clone();
        let state = &mut self.0;
        state.name = name.unwrap_or_else(|| before.name.clone());
        state.address = address.unwrap_or_else(|| before.address.clone());
        state.city = city.unwrap_or_else(|| before.city.clone());
        state.postal_code = postal_code.unwrap_or_else(|| before.postal_code.clone());
        state.country = country.unwrap_or_else(|| before.country.clone());
        state.latitude = latitude.unwrap_or(before.latitude);
        state.longitude = longitude.unwrap_or(before.longitude);
        state.customer = customer.unwrap_or(before.customer);
        let is_changed = self.0 != before;
        if is_changed {
            self.0.updated_at = now;
        }
        is_changed
    }
}

/// A location, shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocationView {
    /// The place itself.
    pub place: LocationBrief,
    /// Whose it is.
    pub customer: Option<CustomerBrief>,
    /// Made.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often it was written.
    pub revision: Revision,
}

impl LocationView {
    /// The location itself, to decide on.
    pub fn restored(&self, organization: OrganizationId) -> Location {
        let LocationBrief { id, serial: _, name, address, city, postal_code, country, latitude, longitude } = self.place.clone();
        Location(LocationState {
            id,
            organization,
            name: LocationName::trusted(name),
            address: StreetAddress::trusted(address),
            city: Place::trusted(city),
            postal_code: PostalCode::trusted(postal_code),
            country: Place::trusted(country),
            latitude,
            longitude,
            customer: self.customer.as_ref().map(|customer| customer.id),
            created_at: self.created_at,
            updated_at: self.updated_at,
            revision: self.revision,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_on_the_globe() {
        assert!(Coordinate::latitude(-90.0).is_ok() && Coordinate::longitude(180.0).is_ok());
        assert_eq!(Coordinate::latitude(90.01), Err(Problem::AboveMaximum(90)));
        assert_eq!(Coordinate::longitude(-180.5), Err(Problem::BelowMinimum(-180)));
        assert!(Coordinate::latitude(f64::NAN).is_err());
        assert!((Coordinate::longitude(13.404_954).unwrap().degrees() - 13.404_954).abs() < f64::EPSILON);
    }
}
