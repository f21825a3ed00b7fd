//! Whom work orders are for.

use std::ops::Deref;

use crate::kernel::clock::Moment;
use crate::kernel::id::{CustomerId, OrganizationId, Revision, Serial, UserId};
use crate::kernel::text::{Company, CustomerName, Email, Phone};
use crate::ticket::UserBrief;

/// All that is kept of a customer. Somebody with an account or not: `user` links the two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerState {
    /// Identity.
    pub id: CustomerId,
    /// Tenant.
    pub organization: OrganizationId,
    /// Name.
    pub name: CustomerName,
    /// Address for mails.
    pub email: Option<Email>,
    /// Telephone; may be empty.
    pub phone: Phone,
    /// Company; may be empty.
    pub company: Company,
    /// The account of the same person.
    pub user: Option<UserId>,
    /// Made.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often it was written.
    pub revision: Revision,
}

/// A customer. Changed through its verbs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer(CustomerState);

/// What is to change; none leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerChange {
    /// Name.
    pub name: Option<CustomerName>,
    /// Address for mails.
    pub email: Option<Option<Email>>,
    /// Telephone.
    pub phone: Option<Phone>,
    /// Company.
    pub company: Option<Company>,
    /// The account of the same person.
    pub user: Option<Option<UserId>>,
}

impl Deref for Customer {
    type Target = CustomerState;

    fn deref(&self) -> &CustomerState {
        &self.0
    }
}

impl Customer {
    /// A customer, new or as it was stored.
    pub fn restored(state: CustomerState) -> Self {
        Self(state)
    }

    /// Applies the change; tells whether anything is otherwise now.
    pub fn change(&mut self, change: CustomerChange, now: Moment) -> bool {
        let CustomerChange { name, email, phone, company, user } = change;
        let before = self.0.clone();
        let state = &mut self.0;
        state.name = name.unwrap_or_else(|| before.name.clone());
        state.email = email.unwrap_or_else(|| before.email.clone());
        state.phone = phone.unwrap_or_else(|| before.phone.clone());
        state.company = company.unwrap_or_else(|| before.company.clone());
        state.user = user.unwrap_or(before.user);
        let is_changed = self.0 != before;
        if is_changed {
            self.0.updated_at = now;
        }
        is_changed
    }
}

/// A customer, shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerView {
    /// UUID.
    pub id: CustomerId,
    /// Integer.
    pub serial: Serial,
    /// Name.
    pub name: String,
    /// Address for mails; may be empty.
    pub email: String,
    /// Telephone; may be empty.
    pub phone: String,
    /// Company; may be empty.
    pub company: String,
    /// The account of the same person.
    pub user: Option<UserBrief>,
    /// Made.
    pub created_at: Moment,
    /// Last changed.
    pub updated_at: Moment,
    /// How often it was written.
    pub revision: Revision,
}

impl CustomerView {
    /// The customer itself, to decide on.
    pub fn restored(&self, organization: OrganizationId) -> Customer {
        Customer(CustomerState {
            id: self.id,
            organization,
            name: CustomerName::trusted(self.name.clone()),
            email: (!self.email.is_empty()).then(|| Email::trusted(self.email.clone())),
            phone: Phone::trusted(self.phone.clone()),
            company: Company::trusted(self.company.clone()),
            user: self.user.as_ref().map(|user| user.id),
            created_at: self.created_at,
            updated_at: self.updated_at,
            revision: self.revision,
        })
    }
}
