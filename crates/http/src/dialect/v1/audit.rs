//! `/audit-log/`: who came in, who was given which rights, what was taken out; for admins.

use actix_web::web::Data;
use helpdesk_domain::audit::{AuditAction, FindAudit};
use helpdesk_domain::kernel::{Check, Problem as FieldProblem};

use super::shape::{self, SerialId, Uid};
use crate::desk::Desk;
use crate::dialect::v1::Caller;
use crate::gate::{Paged, Params};
use crate::problem::{Answer, Problem};

type Entry = (shape::audit::AuditEntry<Uid>, shape::audit::AuditEntry<SerialId>);

/// `GET /audit-log/`: newest first; admins only.
pub async fn list(desk: Data<Desk>, caller: Caller, paged: Paged, params: Params) -> Answer {
    let page = desk.audit.list(&caller.actor, wanted(&params)?, &paged.request).await?;
    caller.list::<Entry, _>(page, &paged, desk.clock.now())
}

fn wanted(params: &Params) -> Result<FindAudit, Problem> {
    let mut check = Check::new();
    let action = |word: &&str| AuditAction::parse(word).ok_or_else(|| FieldProblem::InvalidChoice((*word).to_owned()));
    let words = params.list(&["action"]);
    let actions = words.iter().filter_map(|word| check.field("action", action(word))).collect();
    let (created_after, created_before) = params.span(&mut check, "created_after", "created_before");
    check.done()?;
    Ok(FindAudit { actor: params.reference(&["actor"]), actions, created_after, created_before })
}
