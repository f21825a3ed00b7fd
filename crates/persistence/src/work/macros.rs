//! Macros.

use helpdesk_domain::automation::Macro;
use helpdesk_domain::kernel::id::{MacroId, Revision};
use sea_orm::Value;

use super::Refused;
use super::writing::Writing;
use crate::authored::PRIVATE_TO;
use crate::column::{json, micros};
use crate::portable;

const DELETE: &str = "DELETE FROM macro WHERE organization = ? AND id = ? AND revision = ?";

pub(super) async fn add(writing: &Writing<'_>, new: &Macro) -> Result<(), Refused> {
    let text = format!(
        "INSERT INTO macro (private_to, name, name_key, description, actions, updated_at, organization, id, created_by, created_at, \
         revision) VALUES ({PRIVATE_TO}, ?, ?, ?, ?, ?, ?, ?, (SELECT serial FROM account WHERE organization = ? AND id = ?), ?, 1)"
    );
    let mut values = values(writing.organization, new)?;
    let organization = Value::from(writing.organization);
    values.extend([organization.clone(), new.id.0.into(), organization, new.created_by.0.into(), micros(new.created_at).into()]);
    portable::execute(writing.transaction, &text, values).await?;
    Ok(())
}

pub(super) async fn save(writing: &Writing<'_>, changed: &Macro) -> Result<(), Refused> {
    let text = format!(
        "UPDATE macro SET private_to = {PRIVATE_TO}, name = ?, name_key = ?, description = ?, actions = ?, updated_at = ?, \
         revision = revision + 1 WHERE organization = ? AND id = ? AND revision = ?"
    );
    let mut values = values(writing.organization, changed)?;
    values.extend([writing.organization.into(), changed.id.0.into(), changed.revision.into()]);
    let saved = portable::execute(writing.transaction, &text, values).await?;
    if saved == 0 { Err(Refused::Stale) } else { Ok(()) }
}

pub(super) async fn delete(writing: &Writing<'_>, id: MacroId, revision: Revision) -> Result<(), Refused> {
    let values = vec![writing.organization.into(), id.0.into(), revision.into()];
    let gone = portable::execute(writing.transaction, DELETE, values).await?;
    if gone == 0 { Err(Refused::Stale) } else { Ok(()) }
}

fn values(organization: i64, written: &Macro) -> Result<Vec<Value>, Refused> {
    Ok(vec![
        written.is_public.into(),
        organization.into(),
        written.created_by.0.into(),
        written.name.as_str().into(),
        written.name.as_str().to_lowercase().into(),
        written.description.as_str().into(),
        json(&written.actions)?.into(),
        micros(written.updated_at).into(),
    ])
}
