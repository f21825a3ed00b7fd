//! Mails to send.

use helpdesk_domain::mail::{Mail, Mailbox};

use super::Refused;
use super::writing::Writing;
use crate::column::{json, micros, some_micros};
use crate::portable;

const INSERT: &str = "INSERT INTO mail (id, organization, recipient_name, recipient, message, created_at, expires_at, due_at) \
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

pub(super) async fn add(writing: &Writing<'_>, new: &Mail) -> Result<(), Refused> {
    let Mail { id, organization: _, to: Mailbox { name, address }, message, created_at, expires_at } = new;
    let values = vec![
        id.0.into(),
        writing.organization.into(),
        name.as_str().into(),
        address.as_str().into(),
        json(message)?.into(),
        micros(*created_at).into(),
        some_micros(*expires_at).into(),
        micros(*created_at).into(),
    ];
    portable::execute(writing.transaction, INSERT, values).await?;
    Ok(())
}
