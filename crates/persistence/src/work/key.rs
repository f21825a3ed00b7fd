//! Idempotency keys: spent inside the commit, answered after it.

use chrono::TimeDelta;
use helpdesk_domain::idempotency::Answer;
use helpdesk_domain::kernel::id::UserId;
use helpdesk_domain::kernel::{IdempotencyClaim, Moment};
use helpdesk_domain::work::{Outcome, SpentKey};
use sea_orm::{DatabaseTransaction, Value};

use super::Refused;
use crate::column::micros;
use crate::portable;

/// For how many hours a key is remembered; an older one may be used again.
const KEPT_HOURS: i64 = 24;

/// An old row of the same key gives way; a young one stays, and the statement touches nothing.
const SPEND: &str = "INSERT INTO idempotency_key (account_id, scope, key, fingerprint, outcome_kind, outcome_id, \
    outcome_parent, outcome_created, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) \
    ON CONFLICT (account_id, scope, key) DO UPDATE SET fingerprint = excluded.fingerprint, \
    outcome_kind = excluded.outcome_kind, outcome_id = excluded.outcome_id, outcome_parent = excluded.outcome_parent, \
    outcome_created = excluded.outcome_created, created_at = excluded.created_at, \
    status = NULL, content_type = NULL, body = NULL WHERE idempotency_key.created_at <= ?";

/// Spends the key, or refuses: of two commits with one key, one is written.
pub(super) async fn spend(transaction: &DatabaseTransaction, key: &SpentKey, now: Moment) -> Result<(), Refused> {
    let SpentKey { user, claim: IdempotencyClaim { key, scope, fingerprint }, outcome } = key;
    let mut values: Vec<Value> = vec![user.0.into(), scope.as_str().into(), key.as_str().into(), fingerprint.as_str().into()];
    let outcome = outcome.map(|Outcome { kind, id, parent, created }| (kind, id, parent, created));
    values.extend([
        outcome.map(|(kind, ..)| kind.to_owned()).into(),
        outcome.map(|(_, id, ..)| id).into(),
        outcome.and_then(|(_, _, parent, _)| parent).into(),
        outcome.map(|(.., created)| created).into(),
        micros(now).into(),
        micros(forgotten(now)).into(),
    ]);
    if portable::execute(transaction, SPEND, values).await? == 0 { Err(Refused::KeySpent) } else { Ok(()) }
}

const FORGET: &str = "DELETE FROM idempotency_key WHERE account_id = ? AND scope = ? AND key = ? AND created_at <= ?";

const SETTLE: &str = "INSERT INTO idempotency_key (account_id, scope, key, fingerprint, status, content_type, body, created_at) \
    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account_id, scope, key) DO UPDATE SET status = excluded.status, \
    content_type = excluded.content_type, body = excluded.body WHERE idempotency_key.status IS NULL";

/// Keeps the first answer that the key bought.
pub(super) async fn settle(
    transaction: &DatabaseTransaction,
    user: UserId,
    claim: &IdempotencyClaim,
    answer: &Answer,
    now: Moment,
) -> Result<(), Refused> {
    let IdempotencyClaim { key, scope, fingerprint } = claim;
    let Answer { status, content_type, body } = answer;
    let row = || -> Vec<Value> { vec![user.0.into(), scope.as_str().into(), key.as_str().into()] };
    portable::execute(transaction, FORGET, [row(), vec![micros(forgotten(now)).into()]].concat()).await?;
    let kept = vec![
        fingerprint.as_str().into(),
        i32::from(*status).into(),
        content_type.as_str().into(),
        body.clone().into(),
        micros(now).into(),
    ];
    portable::execute(transaction, SETTLE, [row(), kept].concat()).await?;
    Ok(())
}

/// What was used at this time or before is forgotten.
pub(crate) fn forgotten(now: Moment) -> Moment {
    now - TimeDelta::hours(KEPT_HOURS)
}
