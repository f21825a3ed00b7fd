//! Response templates.

use helpdesk_domain::kernel::id::{Revision, TemplateId};
use helpdesk_domain::template::Template;
use sea_orm::Value;

use super::Refused;
use super::writing::Writing;
use crate::authored::PRIVATE_TO;
use crate::column::{json, micros};
use crate::portable;

const DELETE: &str = "DELETE FROM template WHERE organization = ? AND id = ? AND revision = ?";

pub(super) async fn add(writing: &Writing<'_>, new: &Template) -> Result<(), Refused> {
    let text = format!(
        "INSERT INTO template (private_to, title, title_key, content, category, category_key, variables, updated_at, organization, \
         id, created_by, created_at, revision) VALUES ({PRIVATE_TO}, ?, ?, ?, ?, ?, ?, ?, ?, ?, \
         (SELECT serial FROM account WHERE organization = ? AND id = ?), ?, 1)"
    );
    let mut values = values(writing.organization, new)?;
    let organization = Value::from(writing.organization);
    values.extend([organization.clone(), new.id.0.into(), organization, new.created_by.0.into(), micros(new.created_at).into()]);
    portable::execute(writing.transaction, &text, values).await?;
    Ok(())
}

pub(super) async fn save(writing: &Writing<'_>, changed: &Template) -> Result<(), Refused> {
    let text = format!(
        "UPDATE template SET private_to = {PRIVATE_TO}, title = ?, title_key = ?, content = ?, category = ?, category_key = ?, \
         variables = ?, updated_at = ?, revision = revision + 1 WHERE organization = ? AND id = ? AND revision = ?"
    );
    let mut values = values(writing.organization, changed)?;
    values.extend([writing.organization.into(), changed.id.0.into(), changed.revision.into()]);
    let saved = portable::execute(writing.transaction, &text, values).await?;
    if saved == 0 { Err(Refused::Stale) } else { Ok(()) }
}

pub(super) async fn delete(writing: &Writing<'_>, id: TemplateId, revision: Revision) -> Result<(), Refused> {
    let values = vec![writing.organization.into(), id.0.into(), revision.into()];
    let gone = portable::execute(writing.transaction, DELETE, values).await?;
    if gone == 0 { Err(Refused::Stale) } else { Ok(()) }
}

fn values(organization: i64, template: &Template) -> Result<Vec<Value>, Refused> {
    let variables: Vec<&str> = template.variables.iter().map(helpdesk_domain::template::Variable::as_str).collect();
    Ok(vec![
        template.is_public.into(),
        organization.into(),
        template.created_by.0.into(),
        template.title.as_str().into(),
        template.title.as_str().to_lowercase().into(),
        template.content.as_str().into(),
        template.category.as_str().into(),
        template.category.as_str().to_lowercase().into(),
        json(&variables)?.into(),
        micros(template.updated_at).into(),
    ])
}
