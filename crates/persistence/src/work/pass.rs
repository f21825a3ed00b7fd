//! Passes to open a connection with.

use helpdesk_domain::identity::SecretDigest;
use helpdesk_domain::realtime::Pass;

use super::Refused;
use super::writing::Writing;
use crate::column::micros;
use crate::portable;

const INSERT: &str = "INSERT INTO pass (digest, session, expires_at) VALUES (?, ?, ?)";

pub(super) async fn add(writing: &Writing<'_>, new: &Pass) -> Result<(), Refused> {
    let Pass { secret: SecretDigest(digest), session, expires_at } = new;
    let values = vec![digest.to_vec().into(), session.0.into(), micros(*expires_at).into()];
    portable::execute(writing.transaction, INSERT, values).await?;
    Ok(())
}
