//! The outbox.

use async_trait::async_trait;
use helpdesk_domain::kernel::StoreError;
use helpdesk_domain::kernel::id::{MailId, OrganizationId};
use helpdesk_domain::kernel::text::Email;
use helpdesk_domain::mail::port::Outbox;
use helpdesk_domain::mail::{Mail, Mailbox, OutboxEntry, OutboxState};
use sea_orm::{DbErr, Value};

use crate::Store;
use crate::column::{from_json, moment, some_moment};
use crate::fault::fault;
use crate::sql::{Fields, Sql};

/// A mail and whose it is; every query of the outbox starts here.
const ENTRY: &str = "SELECT mail.id, organization.id, organization.name, recipient_name, recipient, message, created_at, \
    expires_at, due_at, sent_at, attempts, last_error FROM mail JOIN organization ON organization.serial = mail.organization";

#[async_trait]
impl Outbox for Store {
    async fn newest(&self, only_waiting: bool, limit: u64) -> Result<Vec<OutboxEntry>, StoreError> {
        let mut question = Sql::new(ENTRY, []);
        question.push(if only_waiting { " WHERE due_at IS NOT NULL" } else { "" });
        question.bind(" ORDER BY mail.created_at DESC, mail.serial DESC LIMIT ?", [Value::from(limit.cast_signed())]);
        question.all(self.reader(), entry).await.map_err(fault)
    }
}

fn entry(row: &mut Fields<'_>) -> Result<OutboxEntry, DbErr> {
    let (id, organization, organization_name) = (MailId(row.next()?), OrganizationId(row.next()?), row.next()?);
    let to = Mailbox { name: row.next()?, address: Email::trusted(row.next()?) };
    let message: String = row.next()?;
    let (created_at, expires_at) = (moment(row.next()?)?, some_moment(row.next()?)?);
    let mail = Mail { id, organization, to, message: from_json(&message)?, created_at, expires_at };
    let (due_at, sent_at) = (some_moment(row.next()?)?, some_moment(row.next()?)?);
    let state = match (sent_at, due_at) {
        (Some(at), _) => OutboxState::Sent(at),
        (None, Some(at)) => OutboxState::Waiting(at),
        (None, None) => OutboxState::GivenUp,
    };
    let attempts: i32 = row.next()?;
    Ok(OutboxEntry { mail, organization_name, state, attempts: attempts.unsigned_abs(), last_error: row.next()? })
}
