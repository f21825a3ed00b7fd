//! The outbox, and who is written to.

mod address_book;

use async_trait::async_trait;
use helpdesk_domain::kernel::id::{MailId, OrganizationId, UserId};
use helpdesk_domain::kernel::text::Email;
use helpdesk_domain::kernel::{Moment, StoreError};
use helpdesk_domain::mail::port::{Outbox, Settled};
use helpdesk_domain::mail::{Mail, Mailbox, OutboxEntry, OutboxState};
use sea_orm::{DbErr, Value};
use uuid::Uuid;

use crate::Store;
use crate::column::{from_json, micros, moment, some_moment};
use crate::fault::fault;
use crate::portable;
use crate::sql::{Fields, Sql};

/// A mail and whose it is; every query of the outbox starts here.
const ENTRY: &str = "SELECT mail.id, organization.id, organization.name, recipient_name, recipient, user_id, message, \
    created_at, expires_at, due_at, sent_at, attempts, last_error \
    FROM mail JOIN organization ON organization.serial = mail.organization";

/// On PostgreSQL replicas pass over what another is just claiming; SQLite's writer is alone.
const CLAIM: &str = "UPDATE mail SET leased_until = ?, attempts = attempts + 1 WHERE serial = (SELECT serial FROM mail \
    WHERE due_at <= ? AND (leased_until IS NULL OR leased_until <= ?) ORDER BY due_at LIMIT 1{skip}) RETURNING id";

const SETTLE: &str = "UPDATE mail SET sent_at = ?, due_at = ?, last_error = ?, leased_until = NULL WHERE id = ? AND attempts = ?";

const RETRY: &str = "UPDATE mail SET due_at = ?, attempts = 0 WHERE due_at IS NULL AND sent_at IS NULL";

#[async_trait]
impl Outbox for Store {
    async fn newest(&self, only_waiting: bool, limit: u64) -> Result<Vec<OutboxEntry>, StoreError> {
        let mut question = Sql::new(ENTRY, []);
        question.push(if only_waiting { " WHERE due_at IS NOT NULL" } else { "" });
        question.bind(" ORDER BY mail.created_at DESC, mail.serial DESC LIMIT ?", [Value::from(limit.cast_signed())]);
        question.all(self.reader(), entry).await.map_err(fault)
    }

    async fn claim(&self, now: Moment, leased_until: Moment) -> Result<Option<OutboxEntry>, StoreError> {
        // Asked for reading first: an empty outbox costs no write.
        let due = Sql::new("SELECT serial FROM mail WHERE due_at <= ? LIMIT 1", [micros(now).into()]);
        if due.number(self.reader()).await.map_err(fault)? == 0 {
            return Ok(None);
        }
        let claim = CLAIM.replace("{skip}", portable::skipping_locked(self.backend()));
        let claim = Sql::new(claim, [leased_until, now, now].map(|at| micros(at).into()));
        let claimed: Vec<Uuid> = claim.column(self.writer()).await.map_err(fault)?;
        let Some(id) = claimed.first() else { return Ok(None) };
        let mut question = Sql::new(ENTRY, []);
        question.bind(" WHERE mail.id = ?", [Value::from(*id)]);
        question.one(self.writer(), entry).await.map_err(fault)
    }

    async fn settle(&self, mail: MailId, attempt: u32, outcome: &Settled) -> Result<(), StoreError> {
        let (sent_at, due_at, error) = match outcome {
            Settled::Sent(at) => (Some(micros(*at)), None, None),
            Settled::Again(at, error) => (None, Some(micros(*at)), Some(error.as_str())),
            Settled::GivenUp(error) => (None, None, Some(error.as_str())),
        };
        let values = vec![sent_at.into(), due_at.into(), error.into(), mail.0.into(), i64::from(attempt).into()];
        portable::execute(self.writer(), SETTLE, values).await.map(drop).map_err(fault)
    }

    async fn retry(&self, mail: Option<MailId>, now: Moment) -> Result<u64, StoreError> {
        let mut values: Vec<Value> = vec![micros(now).into()];
        let one = if mail.is_some() { " AND id = ?" } else { "" };
        values.extend(mail.map(|mail| Value::from(mail.0)));
        portable::execute(self.writer(), &format!("{RETRY}{one}"), values).await.map_err(fault)
    }
}

impl Store {
    /// How many mails are still to be sent; counting stops at 10 000.
    pub async fn waiting_mails(&self) -> Result<u64, StoreError> {
        let question = Sql::new("SELECT COUNT(*) FROM (SELECT 1 FROM mail WHERE due_at IS NOT NULL LIMIT 10000) AS waiting", []);
        Ok(question.number(self.reader()).await.map_err(fault)?.unsigned_abs())
    }

    /// Gives back what a process that is gone had claimed. Only where this process is the only one that sends: a
    /// SQLite database has one server.
    pub async fn release_mails(&self) -> Result<(), StoreError> {
        if self.backend() == sea_orm::DbBackend::Postgres {
            return Ok(());
        }
        let text = "UPDATE mail SET leased_until = NULL WHERE leased_until IS NOT NULL";
        portable::execute(self.writer(), text, Vec::new()).await.map(drop).map_err(fault)
    }

    /// Has a reader of the event log pass over everything that has happened: for data that was made up.
    pub async fn pass_over(&self, consumer: &str) -> Result<(), StoreError> {
        let text = "INSERT INTO consumer_position (consumer, organization, position) \
            SELECT ?, serial, last_event_position FROM organization WHERE true \
            ON CONFLICT (consumer, organization) DO UPDATE SET position = excluded.position";
        portable::execute(self.writer(), text, vec![consumer.into()]).await.map(drop).map_err(fault)
    }
}

fn entry(row: &mut Fields<'_>) -> Result<OutboxEntry, DbErr> {
    let (id, organization, organization_name) = (MailId(row.next()?), OrganizationId(row.next()?), row.next()?);
    let to = Mailbox { name: row.next()?, address: Email::trusted(row.next()?) };
    let user: Option<Uuid> = row.next()?;
    let message: String = row.next()?;
    let (created_at, expires_at) = (moment(row.next()?)?, some_moment(row.next()?)?);
    let (message, user) = (from_json(&message)?, user.map(UserId));
    let mail = Mail { id, organization, to, user, message, created_at, expires_at };
    let (due_at, sent_at) = (some_moment(row.next()?)?, some_moment(row.next()?)?);
    let state = match (sent_at, due_at) {
        (Some(at), _) => OutboxState::Sent(at),
        (None, Some(at)) => OutboxState::Waiting(at),
        (None, None) => OutboxState::GivenUp,
    };
    let attempts: i32 = row.next()?;
    Ok(OutboxEntry { mail, organization_name, state, attempts: attempts.unsigned_abs(), last_error: row.next()? })
}
