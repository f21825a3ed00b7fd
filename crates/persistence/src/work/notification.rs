//! Notifications, and which of them people want.

use helpdesk_domain::kernel::Moment;
use helpdesk_domain::kernel::id::{NotificationId, UserId};
use helpdesk_domain::notification::{Notification, NotificationKind};
use sea_orm::Value;

use super::Refused;
use super::writing::Writing;
use crate::column::micros;
use crate::portable;
use crate::tally::priority_number;

const INSERT: &str = "INSERT INTO notification (id, account, event, kind, priority, title, message, ticket, work_order, is_internal, \
    created_at) SELECT ?, serial, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM account WHERE organization = ? AND id = ? \
    ON CONFLICT (event, account) DO NOTHING";

const READ: &str = "UPDATE notification SET read_at = ? WHERE read_at IS NULL \
    AND account = (SELECT serial FROM account WHERE organization = ? AND id = ?) AND id IN";

const DELETE: &str =
    "DELETE FROM notification WHERE account = (SELECT serial FROM account WHERE organization = ? AND id = ?) AND id = ?";

const CHOOSE: &str = "INSERT INTO notification_preference (account, kind, wanted) \
    SELECT serial, ?, ? FROM account WHERE organization = ? AND id = ? \
    ON CONFLICT (account, kind) DO UPDATE SET wanted = excluded.wanted";

pub(super) async fn add(writing: &Writing<'_>, new: &Notification) -> Result<(), Refused> {
    let Notification { id, event, user, kind, priority, title, message, ticket, work_order, is_internal, created_at } = new;
    let values = vec![
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
        writing.organization.into(),
        user.0.into(),
    ];
    portable::execute(writing.transaction, INSERT, values).await?;
    Ok(())
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
