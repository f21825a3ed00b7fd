//! Keys for programs.

use helpdesk_domain::identity::{ApiKey, SecretDigest};
use helpdesk_domain::kernel::Moment;
use helpdesk_domain::kernel::id::ApiKeyId;

use super::Refused;
use super::writing::Writing;
use crate::column::{json, micros, some_micros};
use crate::portable;

const INSERT: &str = "INSERT INTO api_key (id, organization, account, name, prefix, digest, scopes, audience, created_at, \
    expires_at, last_used_at) VALUES (?, ?, (SELECT serial FROM account WHERE organization = ? AND id = ?), ?, ?, ?, ?, ?, ?, ?, ?)";

pub(super) async fn add(writing: &Writing<'_>, new: &ApiKey) -> Result<(), Refused> {
    let ApiKey { id, organization: _, user, name, prefix, secret: SecretDigest(digest), scopes, audience, .. } = new;
    let scopes: Vec<&str> = scopes.iter().map(|scope| scope.word()).collect();
    let values = vec![
        id.0.into(),
        writing.organization.into(),
        writing.organization.into(),
        user.0.into(),
        name.as_str().into(),
        prefix.as_str().into(),
        digest.to_vec().into(),
        json(&scopes)?.into(),
        audience.as_str().into(),
        micros(new.created_at).into(),
        some_micros(new.expires_at).into(),
        some_micros(new.last_used_at).into(),
    ];
    portable::execute(writing.transaction, INSERT, values).await?;
    Ok(())
}

pub(super) async fn see(writing: &Writing<'_>, id: ApiKeyId, at: Moment) -> Result<(), Refused> {
    let text = "UPDATE api_key SET last_used_at = ? WHERE organization = ? AND id = ?";
    portable::execute(writing.transaction, text, vec![micros(at).into(), writing.organization.into(), id.0.into()]).await?;
    Ok(())
}

pub(super) async fn delete(writing: &Writing<'_>, id: ApiKeyId) -> Result<(), Refused> {
    let text = "DELETE FROM api_key WHERE organization = ? AND id = ?";
    portable::execute(writing.transaction, text, vec![writing.organization.into(), id.0.into()]).await?;
    Ok(())
}
