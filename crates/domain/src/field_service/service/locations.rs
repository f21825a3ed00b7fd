//! The use cases of locations; for staff.

use std::sync::Arc;

use super::Result;
use super::lookup::unknown;
use crate::event::{CatalogChange, CatalogKind, Event};
use crate::field_service::command::WriteLocation;
use crate::field_service::port::{CustomerRepository, LocationRepository, SiteQuery};
use crate::field_service::{Coordinate, FieldServiceError, Location, LocationChange, LocationState, LocationView, policy};
use crate::kernel::actor::Actor;
use crate::kernel::clock::{Clock, Ids};
use crate::kernel::id::{CustomerId, LocationId, Reference, Target};
use crate::kernel::page::{Page, PageRequest};
use crate::kernel::race;
use crate::kernel::text::{LocationName, Place, PostalCode, StreetAddress};
use crate::kernel::violation::{Check, Problem, Violations};
use crate::work::{Changes, Outcome, UnitOfWork, Write};

/// The use cases of locations, and what they need from outside.
#[derive(Clone)]
pub struct Locations {
    /// Locations.
    pub locations: Arc<dyn LocationRepository>,
    /// Whose they are.
    pub customers: Arc<dyn CustomerRepository>,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Fresh identities.
    pub ids: Arc<dyn Ids>,
}

impl Locations {
    /// A part of the locations, of one customer where `customer` says so.
    pub async fn list(
        &self,
        actor: &Actor,
        query: &SiteQuery,
        customer: Option<&Reference>,
        page: &PageRequest,
    ) -> Result<Page<LocationView>> {
        policy::may_plan(actor)?;
        let customer = match customer {
            Some(reference) => Some(self.customer(actor, reference).await?),
            None => None,
        };
        let query = SiteQuery { customer, ..query.clone() };
        Ok(self.locations.locations(actor.organization, &query, page).await?)
    }

    /// One location.
    pub async fn read(&self, actor: &Actor, location: &Reference) -> Result<LocationView> {
        let view = self.locations.location(actor.organization, location).await?.ok_or(FieldServiceError::NoLocation)?;
        policy::may_plan(actor)?;
        Ok(view)
    }

    /// Writes a location.
    pub async fn create(&self, actor: &Actor, command: WriteLocation) -> Result<LocationView> {
        policy::may_plan(actor)?;
        let id = race::settle(true, async || self.create_once(actor, &command).await).await?;
        self.read(actor, &id.into()).await
    }

    async fn create_once(&self, actor: &Actor, command: &WriteLocation) -> Result<LocationId> {
        let mut check = Check::new();
        let name = check.required("name", command.name.as_deref().map(LocationName::parse));
        let change = self.look_at(actor, command, check).await?;
        let (now, empty) = (self.clock.now(), || Place::trusted(String::new()));
        let location = Location::restored(LocationState {
            id: LocationId(self.ids.next()),
            organization: actor.organization,
            name: name.ok_or_else(|| Violations::one("name", Problem::Required))?,
            address: change.address.unwrap_or_else(|| StreetAddress::trusted(String::new())),
            city: change.city.unwrap_or_else(empty),
            postal_code: change.postal_code.unwrap_or_else(|| PostalCode::trusted(String::new())),
            country: change.country.unwrap_or_else(empty),
            latitude: change.latitude.flatten(),
            longitude: change.longitude.flatten(),
            customer: change.customer.flatten(),
            created_at: now,
            updated_at: now,
            revision: 1,
        });
        let (id, event) = (location.id, self.event(actor, &location, CatalogChange::Created));
        let changes = Changes::by(actor).with(Write::AddLocation(Box::new(location)), [event]);
        self.work.commit(changes.showing(Outcome { kind: "location", id: id.0, parent: None, created: true })).await?;
        Ok(id)
    }

    /// Changes a location. A change that changes nothing records nothing.
    pub async fn edit(&self, actor: &Actor, target: &Target, command: WriteLocation) -> Result<LocationView> {
        let id = race::settle(target.may_retry(), async || {
            let mut location = self.get(actor, target).await?;
            let mut check = Check::new();
            let name = check.optional("name", command.name.as_deref().map(LocationName::parse));
            let change = LocationChange { name, ..self.look_at(actor, &command, check).await? };
            if location.change(change, self.clock.now()) {
                let event = self.event(actor, &location, CatalogChange::Updated);
                self.work.commit(Changes::by(actor).with(Write::SaveLocation(Box::new(location.clone())), [event])).await?;
            }
            Ok::<_, FieldServiceError>(location.id)
        })
        .await?;
        self.read(actor, &id.into()).await
    }

    /// Removes a location that no work order is done at.
    pub async fn delete(&self, actor: &Actor, target: &Target) -> Result<()> {
        race::settle(target.may_retry(), async || {
            let location = self.get(actor, target).await?;
            let event = self.event(actor, &location, CatalogChange::Deleted);
            let write = Write::DeleteLocation(location.id, location.revision);
            Ok(self.work.commit(Changes::by(actor).with(write, [event])).await?)
        })
        .await
    }

    async fn get(&self, actor: &Actor, target: &Target) -> Result<Location> {
        let view = self.read(actor, &target.reference).await?;
        target.allows(view.revision)?;
        Ok(view.restored(actor.organization))
    }

    /// The command besides its name, with everything looked at and looked up.
    async fn look_at(&self, actor: &Actor, command: &WriteLocation, mut check: Check) -> Result<LocationChange> {
        let WriteLocation { name: _, address, city, postal_code, country, latitude, longitude, customer } = command;
        let mut change = LocationChange {
            name: None,
            address: check.optional("address", address.as_deref().map(StreetAddress::parse)),
            city: check.optional("city", city.as_deref().map(Place::parse)),
            postal_code: check.optional("postal_code", postal_code.as_deref().map(PostalCode::parse)),
            country: check.optional("country", country.as_deref().map(Place::parse)),
            latitude: latitude.map(|degrees| check.optional("latitude", degrees.map(Coordinate::latitude))),
            longitude: longitude.map(|degrees| check.optional("longitude", degrees.map(Coordinate::longitude))),
            customer: None,
        };
        check.done()?;
        change.customer = match customer {
            None => None,
            Some(None) => Some(None),
            Some(Some(reference)) => Some(Some(self.customer(actor, reference).await?)),
        };
        Ok(change)
    }

    async fn customer(&self, actor: &Actor, reference: &Reference) -> Result<CustomerId> {
        let found = self.customers.customer(actor.organization, reference).await?;
        Ok(found.ok_or_else(|| unknown("customer", reference))?.id)
    }

    fn event(&self, actor: &Actor, location: &Location, change: CatalogChange) -> Event {
        let (kind, name) = (CatalogKind::Location, location.name.as_str());
        Event::of_catalog(kind, location.id.0, actor, self.clock.now(), change, name)
    }
}
