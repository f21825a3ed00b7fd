//! Tickets to hand to the external workflow.

use helpdesk_domain::workflow::Delivery;

use super::Refused;
use super::writing::Writing;
use crate::column::micros;
use crate::portable;

const INSERT: &str = "INSERT INTO delivery (id, organization, ticket_id, body, created_at, due_at) VALUES (?, ?, ?, ?, ?, ?)";

pub(super) async fn add(writing: &Writing<'_>, new: &Delivery) -> Result<(), Refused> {
    let Delivery { id, organization: _, ticket, body, created_at } = new;
    let values = vec![
        id.0.into(),
        writing.organization.into(),
        ticket.0.into(),
        body.as_str().into(),
        micros(*created_at).into(),
        micros(*created_at).into(),
    ];
    portable::execute(writing.transaction, INSERT, values).await?;
    Ok(())
}
