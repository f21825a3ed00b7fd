//! `/tickets/{id}/merge/` and `/tickets/{id}/split/`: tickets made one, or two.

use actix_web::web::Data;
use helpdesk_domain::kernel::Problem as FieldProblem;
use helpdesk_domain::kernel::id::Reference;
use helpdesk_domain::transfer::{Readers, SplitTicket};
use serde::Deserialize;
use utoipa::ToSchema;

use super::request::Ref;
use super::say::gone;
use super::tickets::{Details, changed, target};
use crate::desk::Desk;
use crate::dialect::v1::Caller;
use crate::gate::etag::Preconditions;
use crate::gate::{Body, Id};
use crate::problem::{Answer, Problem};

/// What to merge; one of the two.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct Merge {
    /// The ticket that this one goes on in.
    pub into: Option<Ref>,
    /// The tickets that go on in this one; at most 20.
    #[schema(max_items = 20)]
    pub tickets: Option<Vec<Ref>>,
    /// Whether the tickets may have different requesters: that of the one that goes on reads what was said on the others.
    #[schema(default = false)]
    pub across_requesters: Option<bool>,
}

/// Comments that shall be a ticket of their own.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct Split {
    /// Which; 1 to 100.
    #[schema(required, max_items = 100)]
    pub comments: Option<Vec<Ref>>,
    /// What the new ticket is called.
    #[schema(required, max_length = 255)]
    pub title: Option<String>,
    /// What it is about; what the first public comment says, when absent.
    #[schema(max_length = 65536)]
    pub description: Option<String>,
}

fn all(given: Vec<Ref>) -> Vec<Reference> {
    given.into_iter().map(|given| given.0).collect()
}

/// `POST /tickets/{id}/merge/`: staff only; answers the ticket that goes on.
pub async fn merge(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<Merge>) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let readers = if body.across_requesters == Some(true) { Readers::Others } else { Readers::Same };
    let view = match (body.into, body.tickets) {
        (Some(_), Some(_)) => return Err(Problem::field("tickets", FieldProblem::Other("Give either into or tickets."))),
        (None, Some(tickets)) => desk.transfers.merge_from(&caller.actor, &target, &all(tickets), readers).await?,
        (into, None) => desk.transfers.merge_into(&caller.actor, &target, into.map(|given| given.0).as_ref(), readers).await?,
    };
    changed(&desk, &caller, &view)
}

/// `DELETE /tickets/{id}/merge/`: undoes the merge of this ticket into another; staff only.
pub async fn unmerge(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    desk.transfers.unmerge(&caller.actor, &target).await?;
    Ok(gone())
}

/// `POST /tickets/{id}/split/`: staff only; 201 with the new ticket.
pub async fn split(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions, Body(body): Body<Split>) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    let Split { comments, title, description } = body;
    let command = SplitTicket { target, comments: all(comments.unwrap_or_default()), title, description };
    let view = desk.transfers.split(&caller.actor, command).await?;
    caller.created::<Details, _>(&view, desk.clock.now())
}

/// `DELETE /tickets/{id}/split/`: undoes the split that made this ticket; staff only.
pub async fn unsplit(desk: Data<Desk>, caller: Caller, Id(id): Id, when: Preconditions) -> Answer {
    let target = target(&desk, &caller, id, &when).await?;
    desk.transfers.unsplit(&caller.actor, &target).await?;
    Ok(gone())
}
