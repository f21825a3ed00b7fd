//! Notifications, and which of them people want.

use std::collections::{BTreeSet, HashMap};

use helpdesk_domain::kernel::Moment;
use helpdesk_domain::kernel::id::{NotificationId, UserId};
use helpdesk_domain::notification::{Notification, NotificationKind};
use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::Refused;
use super::writing::Writing;
use crate::bulk::insert_unless;
use crate::column::micros;
use crate::portable;
use crate::sql::{Sql, uuids};
use crate::tally::priority_number;

const COLUMNS: [&str; 11] =
    ["account", "id", "event", "kind", "priority", "title", "message", "ticket", "work_order", "is_internal", "created_at"];

/// Whoever was told of an event is not told again.
const ONCE: &str = " ON CONFLICT (event, account) DO NOTHING";

const ACCOUNTS: &str = "SELECT id, serial FROM account WHERE +organization = ? AND id IN ";

const READ: &str = "UPDATE notification SET read_at = ? WHERE read_at IS NULL \
    AND account = (SELECT serial FROM account WHERE organization = ? AND id = ?) AND id IN";

const DELETE: &str =
    "DELETE FROM notification WHERE account = (SELECT serial FROM account WHERE organization = ? AND id = ?) AND id = ?";

const CHOOSE: &str = "INSERT INTO notification_preference (account, kind, wanted) \
    SELECT serial, ?, ? FROM account WHERE organization = ? AND id = ? \
    ON CONFLICT (account, kind) DO UPDATE SET wanted = excluded.wanted";

/// All notifications of a commit, in two statements where they take them.
pub(super) async fn add(writing: &Writing<'_>, new: &[&Notification]) -> Result<(), Refused> {
    if new.is_empty() {
        return Ok(());
    }
    let users: BTreeSet<Uuid> = new.iter().map(|notification| notification.user.0).collect();
    let mut accounts = Sql::new(ACCOUNTS, [writing.organization.into()]);
    accounts.append(uuids(writing.transaction.get_database_backend(), users)?);
    let accounts = accounts.all(writing.transaction, |row| Ok((UserId(row.next()?), row.next()?))).await?;
    let accounts: HashMap<UserId, i64> = accounts.into_iter().collect();
    let rows = new.iter().filter_map(|notification| Some(row(*accounts.get(&notification.user)?, notification)));
    Ok(insert_unless(writing.transaction, "notification", &COLUMNS, ONCE, rows.flatten().collect()).await?)
}

fn row(account: i64, new: &Notification) -> [Value; 11] {
    let Notification { id, event, user: _, kind, priority, title, message, ticket, work_order, is_internal, created_at } = new;
    [
        account.into(),
        id.0.into(),
        event.0.into(),
        kind.word().into(),
        priority_number(Some(*priority)).into(),
        title.as_str().into(),
        message.as_str().into(),
        ticket.map(|ticket| ticket.0).into(),
        work_order.map(|order| order.0).into(),
        (*is_internal).into(),
        micros(*created_at).into(),
    ]
}

pub(super) async fn read(writing: &Writing<'_>, user: UserId, ids: &[NotificationId], at: Moment) -> Result<(), Refused> {
    let mut values: Vec<Value> = vec![micros(at).into(), writing.organization.into(), user.0.into()];
    values.extend(ids.iter().map(|id| Value::from(id.0)));
    let text = format!("{READ} ({})", portable::repeated("?", ids.len()));
    portable::execute(writing.transaction, &text, values).await?;
    Ok(())
}

pub(super) async fn delete(writing: &Writing<'_>, user: UserId, id: NotificationId) -> Result<(), Refused> {
    let values = vec![writing.organization.into(), user.0.into(), id.0.into()];
    if portable::execute(writing.transaction, DELETE, values).await? == 0 { Err(Refused::Stale) } else { Ok(()) }
}

pub(super) async fn choose(writing: &Writing<'_>, user: UserId, kind: NotificationKind, wanted: bool) -> Result<(), Refused> {
    let values = vec![kind.word().into(), wanted.into(), writing.organization.into(), user.0.into()];
    portable::execute(writing.transaction, CHOOSE, values).await?;
    Ok(())
}
