//! What programs say of tickets that they work on.

use super::lifecycle::{Done, said};
use super::{Result, Tickets, unknown};
use crate::kernel::actor::Actor;
use crate::ticket::command::ReportProgress;
use crate::ticket::{Action, TicketError, TicketView, policy};

impl Tickets {
    /// Takes what a program says of a ticket: a status, a comment, or both at once, by the rules of a status update. A
    /// ticket that the actor does not see is a mistake in the report.
    pub async fn report(&self, actor: &Actor, command: ReportProgress) -> Result<TicketView> {
        let ReportProgress { target, status, comment, is_internal } = command;
        self.get(actor, &target).await.map_err(|error| match error {
            TicketError::NotFound => unknown("ticket", &target.reference),
            other => other,
        })?;
        policy::may_work(actor)?;
        let comment = said(comment.as_deref())?;
        self.act(actor, &target, |ticket, now| {
            let mut done = Done { happened: Vec::new(), comment: None };
            if let Some(to) = status.as_ref().and_then(|status| status.moves(ticket.status)) {
                done.happened.push(ticket.step(Action::Update(to), now)?);
            }
            if let Some(comment) = &comment {
                self.say(actor, ticket, comment.clone(), is_internal, now, &mut done);
            }
            Ok(done)
        })
        .await
    }
}
