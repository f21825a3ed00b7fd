//! Who generated work orders are planned by, done by and done for: made once, before the first of them.

use helpdesk_domain::event::{CatalogChange, CatalogKind, Event};
use helpdesk_domain::field_service::{Coordinate, Customer, CustomerState, Location, LocationState};
use helpdesk_domain::identity::Role;
use helpdesk_domain::kernel::id::{CustomerId, LocationId};
use helpdesk_domain::kernel::text::{Company, CustomerName, Email, LocationName, Phone, Place, PostalCode, StreetAddress};
use helpdesk_domain::kernel::{Actor, StoreError};
use helpdesk_domain::work::{Changes, UnitOfWork, Write};
use rand::RngExt;
use rand::rngs::StdRng;

use super::cast::{AT_ONCE, Casting};
use super::{text, trade};

/// One technician for so many work orders, but not more than a large company has.
const ORDERS_PER_TECHNICIAN: u64 = 2_000;
const MOST_TECHNICIANS: u64 = 60;
/// One customer, with one location, for so many work orders.
const ORDERS_PER_CUSTOMER: u64 = 50;

/// Who there is, and where.
#[derive(Clone, Debug)]
pub struct Crew {
    /// Who plans.
    pub planners: Vec<Actor>,
    /// Who does it.
    pub technicians: Vec<Actor>,
    /// For whom and where.
    pub sites: Vec<(CustomerId, LocationId)>,
}

impl Casting<'_> {
    /// Enough people and places for that many work orders.
    pub async fn crew(&self, orders: u64, rng: &mut StdRng) -> Result<Crew, StoreError> {
        let technicians = (orders / ORDERS_PER_TECHNICIAN).clamp(3, MOST_TECHNICIANS);
        let mark = self.installation.ids.next().simple().to_string().split_off(26);
        let mut changes = Changes::of(self.organization);
        let mut people = Vec::new();
        for number in 0..=technicians {
            let role = if number == 0 { Role::Coordinator } else { Role::Technician };
            let (user, event) = self.person(rng, role, &format!("w{number}.{mark}"));
            people.push(user.as_actor());
            changes = changes.with(Write::AddUser(Box::new(user)), [event]);
        }
        self.installation.store.commit(changes).await?;
        let (planners, technicians): (Vec<_>, Vec<_>) = people.into_iter().partition(Actor::is_staff);
        let mut sites = Vec::new();
        for by in &planners {
            sites = self.sites(by, (orders / ORDERS_PER_CUSTOMER).max(5), rng).await?;
        }
        Ok(Crew { planners, technicians, sites })
    }

    async fn sites(&self, by: &Actor, count: u64, rng: &mut StdRng) -> Result<Vec<(CustomerId, LocationId)>, StoreError> {
        let made: Vec<(Customer, Location)> = (0..count).map(|_| self.site(rng)).collect();
        for some in made.chunks(AT_ONCE) {
            let mut changes = Changes::of(self.organization);
            for (customer, location) in some {
                let event = |kind, id, name| Event::of_catalog(kind, id, by, self.at, CatalogChange::Created, name);
                let events = [
                    event(CatalogKind::Customer, customer.id.0, customer.name.as_str()),
                    event(CatalogKind::Location, location.id.0, location.name.as_str()),
                ];
                changes = changes.with(Write::AddCustomer(Box::new(customer.clone())), events);
                changes = changes.with(Write::AddLocation(Box::new(location.clone())), []);
            }
            self.installation.store.commit(changes).await?;
        }
        Ok(made.iter().map(|(customer, location)| (customer.id, location.id)).collect())
    }

    fn site(&self, rng: &mut StdRng) -> (Customer, Location) {
        let (first_name, last_name) = text::name(rng);
        let (organization, created_at, updated_at, revision) = (self.organization, self.at, self.at, 1);
        let customer = Customer::restored(CustomerState {
            id: CustomerId(self.installation.ids.next()),
            organization,
            name: CustomerName::trusted(format!("{first_name} {last_name}")),
            email: Some(Email::trusted(format!("{first_name}.{last_name}@customers.example").to_lowercase())),
            phone: Phone::trusted(format!("+1 555 {:04}", rng.random_range(0..10_000))),
            company: Company::trusted(format!("{last_name} {}", text::pick(rng, trade::COMPANIES))),
            user: None,
            created_at,
            updated_at,
            revision,
        });
        let location = Location::restored(LocationState {
            id: LocationId(self.installation.ids.next()),
            organization,
            name: LocationName::trusted(format!("{last_name}, {}", text::pick(rng, trade::SITES))),
            address: StreetAddress::trusted(format!("{} {}", rng.random_range(1..400), text::pick(rng, trade::STREETS))),
            city: Place::trusted(text::pick(rng, trade::TOWNS).to_owned()),
            postal_code: PostalCode::trusted(format!("{:05}", rng.random_range(0..100_000))),
            country: Place::trusted("US".to_owned()),
            latitude: Some(Coordinate::of_parts(rng.random_range(300_000_000..450_000_000))),
            longitude: Some(Coordinate::of_parts(rng.random_range(-1_200_000_000..-750_000_000))),
            customer: Some(customer.id),
            created_at,
            updated_at,
            revision,
        });
        (customer, location)
    }
}
