//! Looking up what a command refers to.

use super::{Result, WorkOrders};
use crate::event::Named;
use crate::field_service::FieldServiceError;
use crate::kernel::actor::Actor;
use crate::kernel::id::{CustomerId, LocationId, Reference, TicketId};
use crate::kernel::violation::{Problem, Violations};
use crate::ticket::Swap;

impl WorkOrders {
    /// A customer, and what they are called.
    pub(super) async fn customer(&self, actor: &Actor, reference: &Reference) -> Result<(CustomerId, String)> {
        let customer = self.customers.customer(actor.organization, reference).await?;
        let customer = customer.ok_or_else(|| unknown("customer", reference))?;
        Ok((customer.id, customer.name))
    }

    /// A location, and what it is called.
    pub(super) async fn location(&self, actor: &Actor, reference: &Reference) -> Result<(LocationId, String)> {
        let location = self.locations.location(actor.organization, reference).await?;
        let location = location.ok_or_else(|| unknown("location", reference))?;
        Ok((location.place.id, location.place.name))
    }

    /// A ticket that the actor sees, and what it is called.
    pub(super) async fn ticket(&self, actor: &Actor, reference: &Reference) -> Result<(TicketId, String)> {
        let ticket = self.tickets.find(actor.into(), reference).await?;
        let ticket = ticket.ok_or_else(|| unknown("ticket", reference))?;
        Ok((ticket.id, ticket.title.to_string()))
    }

    /// Somebody of the organization.
    pub(super) async fn person(&self, actor: &Actor, reference: &Reference) -> Result<Named> {
        let user = self.people.find(actor.organization, reference).await?;
        let user = user.ok_or_else(|| unknown("assigned_technician", reference))?;
        Ok(Named { id: user.id, name: user.name() })
    }

    /// Somebody who can be given work orders: staff or technician, and able to log in.
    pub(super) async fn technician(&self, actor: &Actor, reference: &Reference) -> Result<Named> {
        let user = self.people.find(actor.organization, reference).await?;
        let user = user.ok_or_else(|| unknown("assigned_technician", reference))?;
        if user.role.is_assignable() && user.may_enter() {
            Ok(Named { id: user.id, name: user.name() })
        } else {
            Err(Violations::one("assigned_technician", Problem::Other("This user cannot be assigned work orders.")).into())
        }
    }
}

/// A reference to be replaced: by what `found` says, or by nothing. None where it stays.
pub(super) async fn swap<I: PartialEq>(
    present: Option<(I, String)>,
    wanted: Option<&Option<Reference>>,
    find: impl AsyncFnOnce(&Reference) -> Result<(I, String)>,
) -> Result<Option<Swap<I>>> {
    let Some(wanted) = wanted else { return Ok(None) };
    let new = match wanted {
        Some(reference) => Some(find(reference).await?),
        None => None,
    };
    let (id, old_name) = present.unzip();
    let stays = new.as_ref().map(|(id, _)| id) == id.as_ref();
    Ok((!stays).then_some(Swap { old_name, new }))
}

pub(super) fn unknown(field: &str, reference: &Reference) -> FieldServiceError {
    Violations::one(field, Problem::Unknown(reference.to_string())).into()
}
