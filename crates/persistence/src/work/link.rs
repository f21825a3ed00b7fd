//! Links between tickets.

use helpdesk_domain::kernel::id::LinkId;
use helpdesk_domain::link::TicketLink;
use sea_orm::{FromQueryResult, Value};

use super::Refused;
use super::writing::Writing;
use crate::column::micros;
use crate::portable;

const ENDS: &str = "SELECT s.serial AS source, t.serial AS target FROM ticket AS s \
    JOIN ticket AS t ON t.organization = s.organization WHERE s.organization = ? AND s.id = ? AND t.id = ?";

const INSERT: &str = "INSERT INTO ticket_link (id, organization, source, target, low, high, kind, created_by, created_at) \
    VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT serial FROM account WHERE organization = ? AND id = ?), ?)";

#[derive(FromQueryResult)]
struct Ends {
    source: i64,
    target: i64,
}

/// A ticket that is not there has been deleted since the use case looked it up.
pub(super) async fn add(writing: &Writing<'_>, new: &TicketLink) -> Result<(), Refused> {
    let TicketLink { id, organization: _, from, to, kind, created_by, created_at } = new;
    let organization = Value::from(writing.organization);
    let ends = vec![organization.clone(), from.0.into(), to.0.into()];
    let Ends { source, target } = portable::one(writing.transaction, ENDS, ends).await?.ok_or(Refused::Stale)?;
    let values = vec![
        id.0.into(),
        organization.clone(),
        source.into(),
        target.into(),
        source.min(target).into(),
        source.max(target).into(),
        kind.word().into(),
        organization,
        created_by.0.into(),
        micros(*created_at).into(),
    ];
    portable::execute(writing.transaction, INSERT, values).await?;
    Ok(())
}

pub(super) async fn delete(writing: &Writing<'_>, id: LinkId) -> Result<(), Refused> {
    let text = "DELETE FROM ticket_link WHERE organization = ? AND id = ?";
    let gone = portable::execute(writing.transaction, text, vec![writing.organization.into(), id.0.into()]).await?;
    if gone == 0 { Err(Refused::Stale) } else { Ok(()) }
}

/// The links of a ticket that is being deleted.
pub(super) async fn delete_of_ticket(writing: &Writing<'_>, ticket: i64) -> Result<(), Refused> {
    let text = "DELETE FROM ticket_link WHERE source = ? OR target = ?";
    portable::execute(writing.transaction, text, vec![ticket.into(), ticket.into()]).await?;
    Ok(())
}
