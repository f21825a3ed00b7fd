//! Leave to choose a new password.

use helpdesk_domain::identity::{PasswordReset, SecretDigest};
use helpdesk_domain::kernel::Moment;
use helpdesk_domain::kernel::id::{ResetId, UserId};

use super::Refused;
use super::writing::Writing;
use crate::column::{micros, some_micros};
use crate::portable;

const INSERT: &str = "INSERT INTO password_reset (id, account, digest, created_at, expires_at, spent_at) \
    VALUES (?, (SELECT serial FROM account WHERE organization = ? AND id = ?), ?, ?, ?, ?)";

pub(super) async fn add(writing: &Writing<'_>, new: &PasswordReset) -> Result<(), Refused> {
    let PasswordReset { id, user, secret: SecretDigest(digest), created_at, expires_at, spent_at } = new;
    let values = vec![
        id.0.into(),
        writing.organization.into(),
        user.map(|id| id.0).into(),
        digest.to_vec().into(),
        micros(*created_at).into(),
        micros(*expires_at).into(),
        some_micros(*spent_at).into(),
    ];
    portable::execute(writing.transaction, INSERT, values).await?;
    Ok(())
}

pub(super) async fn spend(writing: &Writing<'_>, id: ResetId, at: Moment) -> Result<(), Refused> {
    let text = "UPDATE password_reset SET spent_at = ? WHERE id = ? AND spent_at IS NULL \
        AND account IN (SELECT serial FROM account WHERE organization = ?)";
    let values = vec![micros(at).into(), id.0.into(), writing.organization.into()];
    if portable::execute(writing.transaction, text, values).await? == 0 { Err(Refused::Stale) } else { Ok(()) }
}

pub(super) async fn end_of(writing: &Writing<'_>, user: UserId, at: Moment) -> Result<(), Refused> {
    let text = "UPDATE password_reset SET spent_at = ? WHERE spent_at IS NULL \
        AND account = (SELECT serial FROM account WHERE organization = ? AND id = ?)";
    let values = vec![micros(at).into(), writing.organization.into(), user.0.into()];
    portable::execute(writing.transaction, text, values).await?;
    Ok(())
}
