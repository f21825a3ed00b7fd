//! The queue itself: what is due, for whom, and what became of it.

use helpdesk_domain::delivery::{Answer, Delivery, DeliveryEntry, Destination, Due, Recipient, Refused, Settled};
use helpdesk_domain::kernel::id::{DeliveryId, EventId, OrganizationId, WebhookId};
use helpdesk_domain::kernel::{Moment, StoreError};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, SqliteTransactionMode, TransactionOptions, TransactionTrait, Value};
use uuid::Uuid;

use crate::Store;
use crate::column::{micros, moment, some_moment};
use crate::fault::fault;
use crate::portable;
use crate::sql::{Fields, Sql};

const DUE: &str = "EXISTS (SELECT 1 FROM delivery WHERE delivery.organization = {organization} AND delivery.webhook = {webhook} \
    AND due_at <= ? AND (leased_until IS NULL OR leased_until <= ?))";

/// On PostgreSQL replicas pass over what another is just claiming; SQLite's writer is alone.
const CLAIM: &str = "UPDATE delivery SET leased_until = ?, attempts = attempts + 1 WHERE serial = (SELECT serial FROM delivery \
    WHERE organization = ? AND webhook = ? AND due_at <= ? AND (leased_until IS NULL OR leased_until <= ?) \
    ORDER BY due_at, serial LIMIT 1{skip}) RETURNING id";

/// Nothing where its webhook was deleted in between; a workflow has none.
const ENTRY: &str = "SELECT delivery.id, organization.id, webhook.id, subject, kind, event, body, delivery.created_at, attempts, \
    expires_at, webhook.failing_since, webhook.url, webhook.secret FROM delivery \
    JOIN organization ON organization.serial = delivery.organization LEFT JOIN webhook ON webhook.serial = delivery.webhook \
    WHERE delivery.id = ? AND (delivery.webhook = 0 OR webhook.serial IS NOT NULL)";

/// What is tried again waits meanwhile where an older one was taken up again.
const SETTLE: &str = "UPDATE delivery SET pending = ?, due_at = CASE WHEN EXISTS (SELECT 1 FROM delivery older WHERE older.pending \
    AND older.webhook = delivery.webhook AND older.subject = delivery.subject AND older.serial < delivery.serial) THEN NULL ELSE ? END, \
    delivered_at = ?, response_status = ?, response_body = ?, \
    last_error = ?, leased_until = NULL WHERE id = ? AND attempts = ? AND pending";

/// Of what waits for the one that is settled, the oldest is due.
const NEXT: &str = "UPDATE delivery SET due_at = ? WHERE due_at IS NULL AND serial = (SELECT MIN(waiting.serial) FROM delivery waiting \
    WHERE waiting.pending AND waiting.webhook = (SELECT webhook FROM delivery WHERE id = ?) AND waiting.subject = ?)";

pub(super) async fn due(store: &Store, now: Moment) -> Result<Vec<Due>, DbErr> {
    let due = |organization, webhook| DUE.replace("{organization}", organization).replace("{webhook}", webhook);
    let times = || [now, now].map(|at| Value::from(micros(at)));
    let workflows = format!("SELECT id FROM organization WHERE {}", due("organization.serial", "0"));
    let is_due = due("webhook.organization", "webhook.serial");
    let webhooks = format!(
        "SELECT id, failing_since FROM webhook WHERE is_active AND {is_due} ORDER BY failing_since IS NOT NULL, failing_since DESC"
    );
    let workflows: Vec<Uuid> = Sql::new(workflows, times()).column(store.reader()).await?;
    let workflows = workflows.into_iter().map(|id| Due { recipient: Recipient::Workflow(OrganizationId(id)), is_failing: false });
    let webhook = |row: &mut Fields<'_>| {
        let (recipient, since) = (Recipient::Webhook(WebhookId(row.next()?)), row.next::<Option<i64>>()?);
        Ok(Due { recipient, is_failing: since.is_some() })
    };
    let webhooks = Sql::new(webhooks, times()).all(store.reader(), webhook).await?;
    Ok(workflows.chain(webhooks).collect())
}

pub(super) async fn claim(
    store: &Store,
    recipient: Recipient,
    now: Moment,
    leased_until: Moment,
) -> Result<Option<DeliveryEntry>, StoreError> {
    let Some((organization, webhook)) = serials(store, recipient).await? else { return Ok(None) };
    let text = CLAIM.replace("{skip}", portable::skipping_locked(store.backend()));
    let (now, until) = (micros(now), micros(leased_until));
    let values: [Value; 5] = [until.into(), organization.into(), webhook.into(), now.into(), now.into()];
    let claimed: Vec<Uuid> = Sql::new(text, values).column(store.writer()).await.map_err(fault)?;
    let Some(id) = claimed.first() else { return Ok(None) };
    Sql::new(ENTRY, [Value::from(*id)]).one(store.writer(), entry).await.map_err(fault)
}

/// The integers of the organization and, where it is one, the webhook.
async fn serials(store: &Store, recipient: Recipient) -> Result<Option<(i64, i64)>, StoreError> {
    match recipient {
        Recipient::Workflow(organization) => Ok(store.organization_serial(organization).await?.map(|serial| (serial, 0))),
        Recipient::Webhook(webhook) => {
            let query = Sql::new("SELECT organization, serial FROM webhook WHERE id = ? AND is_active", [Value::from(webhook.0)]);
            query.one(store.reader(), |row| Ok((row.next()?, row.next()?))).await.map_err(fault)
        }
    }
}

fn entry(row: &mut Fields<'_>) -> Result<DeliveryEntry, DbErr> {
    let id = DeliveryId(row.next()?);
    let organization = OrganizationId(row.next()?);
    let webhook: Option<Uuid> = row.next()?;
    let recipient = webhook.map_or(Recipient::Workflow(organization), |webhook| Recipient::Webhook(WebhookId(webhook)));
    let (subject, kind, event): (Uuid, String, Option<Uuid>) = (row.next()?, row.next()?, row.next()?);
    let (body, created_at) = (row.next()?, moment(row.next()?)?);
    let event = event.map(EventId);
    let delivery = Delivery { id, organization, recipient, subject, kind, event, body, created_at };
    let attempts: i32 = row.next()?;
    let (until, failing_since) = (moment(row.next()?)?, some_moment(row.next()?)?);
    let (url, secret): (Option<String>, Option<String>) = (row.next()?, row.next()?);
    let destination = url.map(|url| Destination { url, secret, is_trusted: false });
    Ok(DeliveryEntry { delivery, attempts: attempts.unsigned_abs(), until, destination, failing_since })
}

pub(super) async fn settle(store: &Store, entry: &DeliveryEntry, outcome: &Settled, now: Moment) -> Result<(), StoreError> {
    let options = TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
    let transaction = store.writer().begin_with_options(options).await.map_err(fault)?;
    settle_in(&transaction, entry, outcome, now).await.map_err(fault)?;
    transaction.commit().await.map_err(fault)
}

async fn settle_in(
    transaction: &DatabaseTransaction,
    entry: &DeliveryEntry,
    outcome: &Settled,
    now: Moment,
) -> Result<(), DbErr> {
    let Delivery { id, organization, recipient, subject, .. } = &entry.delivery;
    // Commits put messages behind this one: none may come between the settling and the looking for the next.
    let lock = format!("SELECT 1 FROM organization WHERE id = ?{}", portable::for_update(transaction.get_database_backend()));
    Sql::new(lock, [Value::from(organization.0)]).execute(transaction).await?;
    let (pending, due_at) = if let Settled::Again(at, _) = outcome { (true, Some(micros(*at))) } else { (false, None) };
    let (delivered_at, status, answer, error) = told(outcome, now);
    let values: Vec<Value> = vec![
        pending.into(),
        due_at.into(),
        delivered_at.into(),
        status.map(i32::from).into(),
        answer.into(),
        error.into(),
        id.0.into(),
        i64::from(entry.attempts).into(),
    ];
    if portable::execute(transaction, SETTLE, values).await? == 0 {
        return Ok(());
    }
    if !pending {
        portable::execute(transaction, NEXT, vec![micros(now).into(), id.0.into(), (*subject).into()]).await?;
    }
    if let Recipient::Webhook(webhook) = recipient {
        let failing_since = if delivered_at.is_some() { "NULL" } else { "COALESCE(failing_since, ?)" };
        let text = format!("UPDATE webhook SET failing_since = {failing_since} WHERE id = ?");
        let now = delivered_at.is_none().then(|| Value::from(micros(now)));
        portable::execute(transaction, &text, now.into_iter().chain([webhook.0.into()]).collect()).await?;
    }
    Ok(())
}

/// When it was taken, and what is known of the answer.
fn told(outcome: &Settled, now: Moment) -> (Option<i64>, Option<u16>, Option<&str>, Option<&str>) {
    let refused = |refused: &'_ Refused| refused.answer.as_ref().map(|Answer { status, .. }| *status);
    match outcome {
        Settled::Delivered(status) => (Some(micros(now)), Some(*status), None, None),
        Settled::Again(_, no) | Settled::GivenUp(no) => {
            let answer = no.answer.as_ref().map(|answer| answer.body.as_str());
            (None, refused(no), answer, Some(no.reason.as_str()))
        }
    }
}
