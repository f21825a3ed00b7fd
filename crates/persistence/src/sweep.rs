//! What has had its time: ended logins, old idempotency keys, the history of deleted tickets.

use chrono::TimeDelta;
use helpdesk_domain::kernel::{Moment, StoreError};
use sea_orm::Value;

use crate::Store;
use crate::column::micros;
use crate::fault::fault;
use crate::portable;
use crate::work::forgotten;

/// For how many days an ended login is kept.
const LOGIN_DAYS: i64 = 30;

/// For how many days the link for a new password is kept after its end.
const LINK_DAYS: i64 = 30;

/// For how many days a mail is kept.
const MAIL_DAYS: i64 = 30;

/// For how many days a ticket that was handed over, or given up, is kept in the queue.
const DELIVERY_DAYS: i64 = 30;

/// For how many days a line of the audit log is kept: two years.
const AUDIT_DAYS: i64 = 730;
/// For how many days a notification is kept after it was read.
const NOTIFICATION_DAYS: i64 = 90;

/// For how many days it is kept what a rule did.
const RULE_LOG_DAYS: i64 = 30;

/// As many rows go at once, so that no commit waits long.
const BATCH: i64 = 500;

/// How many rows a sweep has removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Logins whose last token ended more than 30 days ago.
    pub sessions: u64,
    /// Idempotency keys older than 24 hours.
    pub idempotency_keys: u64,
    /// Lines of history of tickets deleted more than 30 days ago.
    pub history: u64,
    /// Links for a new password that ended more than 30 days ago.
    pub password_resets: u64,
    /// Mails older than 30 days, sent or not.
    pub mails: u64,
    /// Deliveries older than 30 days.
    pub deliveries: u64,
    /// Lines of the audit log older than two years.
    pub audit: u64,
    /// Notifications that were read more than 90 days ago.
    pub notifications: u64,
    /// Passes that nobody used.
    pub passes: u64,
    /// Lines of the logs of rules older than 30 days.
    pub rule_log: u64,
}

const SESSIONS: &str = "DELETE FROM session WHERE id IN (SELECT id FROM session WHERE expires_at <= ? LIMIT ?)";

const KEYS: &str = "DELETE FROM idempotency_key WHERE (account_id, scope, key) IN \
    (SELECT account_id, scope, key FROM idempotency_key WHERE created_at <= ? LIMIT ?)";

const HISTORY: &str = "DELETE FROM ticket_history WHERE serial IN \
    (SELECT serial FROM ticket_history WHERE purge_at IS NOT NULL AND purge_at <= ? LIMIT ?)";

const RESETS: &str = "DELETE FROM password_reset WHERE id IN (SELECT id FROM password_reset WHERE expires_at <= ? LIMIT ?)";

const MAILS: &str = "DELETE FROM mail WHERE serial IN (SELECT serial FROM mail WHERE created_at <= ? LIMIT ?)";

const DELIVERIES: &str = "DELETE FROM delivery WHERE serial IN (SELECT serial FROM delivery WHERE created_at <= ? LIMIT ?)";

const AUDIT: &str = "DELETE FROM audit_entry WHERE serial IN (SELECT serial FROM audit_entry WHERE created_at <= ? LIMIT ?)";
const NOTIFICATIONS: &str =
    "DELETE FROM notification WHERE serial IN (SELECT serial FROM notification WHERE read_at <= ? LIMIT ?)";

const PASSES: &str = "DELETE FROM pass WHERE digest IN (SELECT digest FROM pass WHERE expires_at <= ? LIMIT ?)";

const RULE_LOG: &str = "DELETE FROM rule_log WHERE serial IN (SELECT serial FROM rule_log WHERE created_at <= ? LIMIT ?)";

impl Store {
    /// Removes what has had its time, in small transactions.
    pub async fn sweep(&self, now: Moment) -> Result<Swept, StoreError> {
        let swept = self.remove(now).await?;
        self.follow_up(now).await?;
        Ok(swept)
    }

    async fn remove(&self, now: Moment) -> Result<Swept, StoreError> {
        Ok(Swept {
            sessions: self.delete_all(SESSIONS, now - TimeDelta::days(LOGIN_DAYS)).await?,
            idempotency_keys: self.delete_all(KEYS, forgotten(now)).await?,
            history: self.delete_all(HISTORY, now).await?,
            password_resets: self.delete_all(RESETS, now - TimeDelta::days(LINK_DAYS)).await?,
            mails: self.delete_all(MAILS, now - TimeDelta::days(MAIL_DAYS)).await?,
            deliveries: self.delete_all(DELIVERIES, now - TimeDelta::days(DELIVERY_DAYS)).await?,
            audit: self.delete_all(AUDIT, now - TimeDelta::days(AUDIT_DAYS)).await?,
            notifications: self.delete_all(NOTIFICATIONS, now - TimeDelta::days(NOTIFICATION_DAYS)).await?,
            passes: self.delete_all(PASSES, now).await?,
            rule_log: self.delete_all(RULE_LOG, now - TimeDelta::days(RULE_LOG_DAYS)).await?,
        })
    }

    async fn delete_all(&self, text: &str, before: Moment) -> Result<u64, StoreError> {
        let mut gone = 0;
        loop {
            let values: Vec<Value> = vec![micros(before).into(), BATCH.into()];
            let batch = portable::execute(self.writer(), text, values).await.map_err(fault)?;
            gone += batch;
            if batch < BATCH.unsigned_abs() {
                return Ok(gone);
            }
        }
    }
}
