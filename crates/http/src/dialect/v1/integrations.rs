//! `/integrations/`: what other programs report.

use actix_web::web::Data;
use helpdesk_domain::kernel::id::Target;
use helpdesk_domain::kernel::{Check, Problem as FieldProblem};
use helpdesk_domain::ticket::command::ReportProgress;
use serde::Deserialize;
use utoipa::ToSchema;

use super::tickets::changed;
use crate::desk::Desk;
use crate::dialect::v1::{Caller, Voice};
use crate::gate::Body;
use crate::gate::reference::Ref;
use crate::problem::{Answer, Problem};

/// What an external workflow says of a ticket that it was handed.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct WorkflowReport {
    /// Integer id, UUID or number (`TX0001`).
    #[schema(required)]
    pub ticket: Option<Ref>,
    /// What it is now; a word of the dialect.
    #[schema(example = "in_progress")]
    pub status: Option<String>,
    /// What is to be said on it.
    #[schema(max_length = 65536)]
    pub comment: Option<String>,
    /// Whether the comment stays among staff; `false` when absent.
    pub is_internal: Option<bool>,
}

impl WorkflowReport {
    fn into_command(self, voice: Voice) -> Result<ReportProgress, Problem> {
        let Self { ticket, status, comment, is_internal } = self;
        let mut check = Check::new();
        let ticket = check.required("ticket", ticket.map(|Ref(ticket)| Ok(ticket)));
        let status = check.optional("status", status.as_deref().map(|word| voice.status(word)));
        if status.is_none() && comment.is_none() && check.passes() {
            check.note("status", FieldProblem::Other("Say a status, a comment, or both."));
        }
        check.done()?;
        let ticket = ticket.ok_or_else(|| Problem::field("ticket", FieldProblem::Required))?;
        Ok(ReportProgress {
            target: Target { reference: ticket, revision: None },
            status,
            comment,
            is_internal: is_internal.unwrap_or(false),
        })
    }
}

/// `POST /integrations/workflow/callback/`: as whoever made the key, by the rules that hold for them.
pub async fn callback(desk: Data<Desk>, caller: Caller, Body(body): Body<WorkflowReport>) -> Answer {
    let view = desk.tickets.report(&caller.actor, body.into_command(caller.voice)?).await?;
    changed(&desk, &caller, &view)
}
