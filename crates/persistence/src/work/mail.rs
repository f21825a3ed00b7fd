//! Mails to send, who does without which, and how far the event log has been read.

use helpdesk_domain::kernel::id::UserId;
use helpdesk_domain::mail::{Mail, MailKind, Mailbox};
use sea_orm::{DbErr, Value};

use super::Refused;
use super::writing::Writing;
use crate::bulk::insert;
use crate::column::{json, micros, some_micros};
use crate::portable;

const COLUMNS: [&str; 9] =
    ["id", "organization", "recipient_name", "recipient", "user_id", "message", "created_at", "expires_at", "due_at"];

/// All mails of a commit, in one statement where it takes them.
pub(super) async fn add(writing: &Writing<'_>, new: &[&Mail]) -> Result<(), Refused> {
    let rows = new.iter().map(|mail| row(writing, mail)).collect::<Result<Vec<_>, DbErr>>()?;
    Ok(insert(writing.transaction, "mail", &COLUMNS, rows.into_iter().flatten().collect()).await?)
}

fn row(writing: &Writing<'_>, new: &Mail) -> Result<[Value; 9], DbErr> {
    let Mail { id, organization, to: Mailbox { name, address }, user, message, created_at, expires_at } = new;
    Ok([
        id.0.into(),
        writing.organization.into(),
        name.as_str().into(),
        address.as_str().into(),
        user.map(|id| id.0).into(),
        json(message)?.into(),
        micros(*created_at).into(),
        some_micros(*expires_at).into(),
        micros(writing.store.real(*organization, *created_at)).into(),
    ])
}

const MUTE: &str = "INSERT INTO mail_mute (account, kind) SELECT serial, ? FROM account WHERE organization = ? AND id = ? \
    ON CONFLICT (account, kind) DO NOTHING";

const UNMUTE: &str =
    "DELETE FROM mail_mute WHERE kind = ? AND account = (SELECT serial FROM account WHERE organization = ? AND id = ?)";

pub(super) async fn mute(writing: &Writing<'_>, user: UserId, kind: MailKind, muted: bool) -> Result<(), Refused> {
    let values = vec![kind.word().into(), writing.organization.into(), user.0.into()];
    portable::execute(writing.transaction, if muted { MUTE } else { UNMUTE }, values).await?;
    Ok(())
}

/// A reader that has no row yet is at the beginning.
const ADVANCE: &str = "INSERT INTO consumer_position (consumer, organization, position) VALUES (?, ?, ?) \
    ON CONFLICT (consumer, organization) DO UPDATE SET position = excluded.position WHERE consumer_position.position = ?";

pub(super) async fn advance(writing: &Writing<'_>, consumer: &str, from: i64, to: i64) -> Result<(), Refused> {
    let values = vec![consumer.into(), writing.organization.into(), to.into(), from.into()];
    if portable::execute(writing.transaction, ADVANCE, values).await? == 0 { Err(Refused::Stale) } else { Ok(()) }
}
