//! Customers. Work orders are found by their customer's name: a new name is indexed with all of them.

use helpdesk_domain::field_service::Customer;
use helpdesk_domain::kernel::id::{CustomerId, Revision};
use sea_orm::{FromQueryResult, Value};

use super::Refused;
use super::work_order::reindex_of;
use super::writing::Writing;
use crate::column::micros;
use crate::fault::breaks_reference;
use crate::portable;

const INSERT: &str = "INSERT INTO customer (name, name_key, email, phone, company, search_key, account, updated_at, organization, id, \
    created_at, revision) VALUES (?, ?, ?, ?, ?, ?, (SELECT serial FROM account WHERE organization = ? AND id = ?), ?, ?, ?, ?, 1) \
    RETURNING serial, account";

const UPDATE: &str = "UPDATE customer SET name = ?, name_key = ?, email = ?, phone = ?, company = ?, search_key = ?, \
    account = (SELECT serial FROM account WHERE organization = ? AND id = ?), updated_at = ?, revision = revision + 1 \
    WHERE organization = ? AND id = ? AND revision = ? RETURNING serial, account";

const DELETE: &str = "DELETE FROM customer WHERE organization = ? AND id = ? AND revision = ?";

#[derive(FromQueryResult)]
struct Placed {
    serial: i64,
    account: Option<i64>,
}

#[derive(FromQueryResult)]
struct Named {
    name: String,
}

pub(super) async fn add(writing: &Writing<'_>, new: &Customer) -> Result<(), Refused> {
    let mut values = values(writing.organization, new);
    values.extend([writing.organization.into(), new.id.0.into(), micros(new.created_at).into()]);
    place(writing, INSERT, values, new).await.map(drop)
}

pub(super) async fn save(writing: &mut Writing<'_>, changed: &Customer) -> Result<(), Refused> {
    let text =
        format!("SELECT name FROM customer WHERE organization = ? AND id = ?{}", portable::for_update(writing.store.backend()));
    let meant = vec![writing.organization.into(), changed.id.0.into()];
    let before: Option<Named> = portable::one(writing.transaction, &text, meant).await?;
    let mut values = values(writing.organization, changed);
    values.extend([writing.organization.into(), changed.id.0.into(), changed.revision.into()]);
    let serial = place(writing, UPDATE, values, changed).await?;
    if before.is_some_and(|before| before.name != changed.name.as_str()) {
        reindex_of(writing, serial).await?;
    }
    Ok(())
}

pub(super) async fn delete(writing: &Writing<'_>, id: CustomerId, revision: Revision) -> Result<(), Refused> {
    let values = vec![writing.organization.into(), id.0.into(), revision.into()];
    match portable::execute(writing.transaction, DELETE, values).await {
        Ok(0) => Err(Refused::Stale),
        Ok(_) => Ok(()),
        Err(error) if breaks_reference(&error) => Err(Refused::Taken("customer_in_use")),
        Err(error) => Err(error.into()),
    }
}

/// Writes the row. An account that is not there has been deleted since the use case looked it up.
async fn place(writing: &Writing<'_>, text: &str, values: Vec<Value>, customer: &Customer) -> Result<i64, Refused> {
    let placed: Placed = portable::one(writing.transaction, text, values).await?.ok_or(Refused::Stale)?;
    if placed.account.is_some() == customer.user.is_some() { Ok(placed.serial) } else { Err(Refused::Stale) }
}

fn values(organization: i64, customer: &Customer) -> Vec<Value> {
    let email = customer.email.as_ref().map(|email| email.as_str().to_owned()).unwrap_or_default();
    let search_key = format!("{}\n{email}\n{}", customer.name, customer.company).to_lowercase();
    vec![
        customer.name.as_str().into(),
        customer.name.as_str().to_lowercase().into(),
        email.into(),
        customer.phone.as_str().into(),
        customer.company.as_str().into(),
        search_key.into(),
        organization.into(),
        customer.user.map(|id| id.0).into(),
        micros(customer.updated_at).into(),
    ]
}
