//! The use cases of customers; for staff.

use std::sync::Arc;

use super::Result;
use super::lookup::unknown;
use crate::event::{CatalogChange, CatalogKind, Event};
use crate::field_service::command::WriteCustomer;
use crate::field_service::port::{CustomerRepository, SiteQuery};
use crate::field_service::{Customer, CustomerChange, CustomerState, CustomerView, FieldServiceError, policy};
use crate::identity::port::IdentityRepository;
use crate::kernel::actor::Actor;
use crate::kernel::clock::{Clock, Ids};
use crate::kernel::id::{CustomerId, Reference, Target};
use crate::kernel::page::{Page, PageRequest};
use crate::kernel::race;
use crate::kernel::text::{Company, CustomerName, Email, Phone};
use crate::kernel::violation::{Check, Problem, Violations};
use crate::ticket::UserBrief;
use crate::work::{Changes, Outcome, UnitOfWork, Write};

/// The use cases of customers, and what they need from outside.
#[derive(Clone)]
pub struct Customers {
    /// Customers.
    pub customers: Arc<dyn CustomerRepository>,
    /// People with an account.
    pub people: Arc<dyn IdentityRepository>,
    /// Where changes go.
    pub work: Arc<dyn UnitOfWork>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Fresh identities.
    pub ids: Arc<dyn Ids>,
}

impl Customers {
    /// A part of the customers.
    pub async fn list(&self, actor: &Actor, query: &SiteQuery, page: &PageRequest) -> Result<Page<CustomerView>> {
        policy::may_plan(actor)?;
        Ok(self.customers.customers(actor.organization, query, page).await?)
    }

    /// One customer.
    pub async fn read(&self, actor: &Actor, customer: &Reference) -> Result<CustomerView> {
        let view = self.customers.customer(actor.organization, customer).await?.ok_or(FieldServiceError::NoCustomer)?;
        policy::may_plan(actor)?;
        Ok(view)
    }

    /// Writes a customer.
    pub async fn create(&self, actor: &Actor, command: WriteCustomer) -> Result<CustomerView> {
        policy::may_plan(actor)?;
        if command.name.is_none() {
            return Err(Violations::one("name", Problem::Required).into());
        }
        let id = race::settle(true, async || self.create_once(actor, &command).await).await?;
        self.read(actor, &id.into()).await
    }

    async fn create_once(&self, actor: &Actor, command: &WriteCustomer) -> Result<CustomerId> {
        let CustomerChange { name, email, phone, company, user } = self.look_at(actor, command, None).await?;
        let now = self.clock.now();
        let customer = Customer::restored(CustomerState {
            id: CustomerId(self.ids.next()),
            organization: actor.organization,
            name: name.ok_or_else(|| Violations::one("name", Problem::Required))?,
            email: email.flatten(),
            phone: phone.unwrap_or_else(|| Phone::trusted(String::new())),
            company: company.unwrap_or_else(|| Company::trusted(String::new())),
            user: user.flatten(),
            created_at: now,
            updated_at: now,
            revision: 1,
        });
        let (id, event) = (customer.id, self.event(actor, &customer, CatalogChange::Created));
        let changes = Changes::by(actor).with(Write::AddCustomer(Box::new(customer)), [event]);
        self.work.commit(changes.showing(Outcome { kind: "customer", id: id.0, parent: None, created: true })).await?;
        Ok(id)
    }

    /// Changes a customer. A change that changes nothing records nothing.
    pub async fn edit(&self, actor: &Actor, target: &Target, command: WriteCustomer) -> Result<CustomerView> {
        let id = race::settle(target.may_retry(), async || {
            let view = self.get(actor, target).await?;
            let mut customer = view.restored(actor.organization);
            let change = self.look_at(actor, &command, view.user.as_ref()).await?;
            if customer.change(change, self.clock.now()) {
                let event = self.event(actor, &customer, CatalogChange::Updated);
                self.work.commit(Changes::by(actor).with(Write::SaveCustomer(Box::new(customer.clone())), [event])).await?;
            }
            Ok::<_, FieldServiceError>(customer.id)
        })
        .await?;
        self.read(actor, &id.into()).await
    }

    /// Removes a customer whom no work order is for, and whose no location is.
    pub async fn delete(&self, actor: &Actor, target: &Target) -> Result<()> {
        race::settle(target.may_retry(), async || {
            let customer = self.get(actor, target).await?.restored(actor.organization);
            let event = self.event(actor, &customer, CatalogChange::Deleted);
            let write = Write::DeleteCustomer(customer.id, customer.revision);
            Ok(self.work.commit(Changes::by(actor).with(write, [event])).await?)
        })
        .await
    }

    async fn get(&self, actor: &Actor, target: &Target) -> Result<CustomerView> {
        let view = self.read(actor, &target.reference).await?;
        target.allows(view.revision)?;
        Ok(view)
    }

    /// The command with everything looked at and looked up. An empty address is none; the account that is shown stays,
    /// whatever has become of it.
    async fn look_at(&self, actor: &Actor, command: &WriteCustomer, shown: Option<&UserBrief>) -> Result<CustomerChange> {
        let WriteCustomer { name, email, phone, company, user } = command;
        let mut check = Check::new();
        let given = email.as_ref().map(|email| Some(email.as_str()).filter(|email| !email.trim().is_empty()));
        let mut change = CustomerChange {
            name: check.optional("name", name.as_deref().map(CustomerName::parse)),
            email: given.map(|email| check.optional("email", email.map(Email::parse))),
            phone: check.optional("phone", phone.as_deref().map(Phone::parse)),
            company: check.optional("company", company.as_deref().map(Company::parse)),
            user: None,
        };
        check.done()?;
        change.user = match user {
            None => None,
            Some(None) => Some(None),
            Some(Some(reference)) if shown.is_some_and(|user| reference.is_of(user.id.0, user.serial)) => None,
            Some(Some(reference)) => {
                let found = self.people.find(actor.organization, reference).await?;
                Some(Some(found.ok_or_else(|| unknown("user", reference))?.id))
            }
        };
        Ok(change)
    }

    fn event(&self, actor: &Actor, customer: &Customer, change: CatalogChange) -> Event {
        let (kind, name) = (CatalogKind::Customer, customer.name.as_str());
        Event::of_catalog(kind, customer.id.0, actor, self.clock.now(), change, name)
    }
}
