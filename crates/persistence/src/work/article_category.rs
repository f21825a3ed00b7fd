//! Categories of articles.

use helpdesk_domain::kernel::id::{ArticleCategoryId, Revision};
use helpdesk_domain::knowledge::ArticleCategory;
use sea_orm::{FromQueryResult, Value};

use super::Refused;
use super::writing::Writing;
use crate::column::micros;
use crate::fault::breaks_reference;
use crate::portable;

const INSERT: &str = "INSERT INTO article_category (parent, siblings, name, name_key, description, color, updated_at, organization, \
    id, created_at, revision) VALUES (?, COALESCE(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, 1)";

const UPDATE: &str = "UPDATE article_category SET parent = ?, siblings = COALESCE(?, 0), name = ?, name_key = ?, description = ?, \
    color = ?, updated_at = ?, revision = revision + 1 WHERE organization = ? AND id = ? AND revision = ?";

const DELETE: &str = "DELETE FROM article_category WHERE organization = ? AND id = ? AND revision = ?";

/// Whether what a category is a part of leads back to it.
const CIRCLE: &str = "WITH RECURSIVE up (serial, parent) AS (\
    SELECT serial, parent FROM article_category WHERE serial = ? \
    UNION SELECT c.serial, c.parent FROM article_category AS c JOIN up ON c.serial = up.parent) \
    SELECT parent AS serial FROM up WHERE parent = ?";

#[derive(FromQueryResult)]
struct Placed {
    serial: i64,
}

pub(super) async fn add(writing: &Writing<'_>, new: &ArticleCategory) -> Result<(), Refused> {
    let mut values = values(writing, new).await?;
    values.extend([writing.organization.into(), new.id.0.into(), micros(new.created_at).into()]);
    portable::execute(writing.transaction, INSERT, values).await?;
    Ok(())
}

/// Two moves at once may make a circle that neither saw: it is looked for after the move, when others wait.
pub(super) async fn save(writing: &Writing<'_>, changed: &ArticleCategory) -> Result<(), Refused> {
    let mut values = values(writing, changed).await?;
    values.extend([writing.organization.into(), changed.id.0.into(), changed.revision.into()]);
    if portable::execute(writing.transaction, UPDATE, values).await? == 0 {
        return Err(Refused::Stale);
    }
    let Some(serial) = serial(writing, Some(changed.id)).await? else { return Err(Refused::Stale) };
    let circle: Option<Placed> = portable::one(writing.transaction, CIRCLE, vec![serial.into(), serial.into()]).await?;
    if circle.is_some() { Err(Refused::Stale) } else { Ok(()) }
}

/// The database itself refuses to delete what is referred to, whoever refers to it at this moment.
pub(super) async fn delete(writing: &Writing<'_>, id: ArticleCategoryId, revision: Revision) -> Result<(), Refused> {
    let values = vec![writing.organization.into(), id.0.into(), revision.into()];
    match portable::execute(writing.transaction, DELETE, values).await {
        Ok(0) => Err(Refused::Stale),
        Ok(_) => Ok(()),
        Err(error) if breaks_reference(&error) => Err(Refused::Taken("article_category_in_use")),
        Err(error) => Err(error.into()),
    }
}

/// The integer of a category; [`Refused::Stale`] when it is gone.
pub(super) async fn serial(writing: &Writing<'_>, id: Option<ArticleCategoryId>) -> Result<Option<i64>, Refused> {
    let Some(id) = id else { return Ok(None) };
    let text = "SELECT serial FROM article_category WHERE organization = ? AND id = ?";
    let found: Option<Placed> = portable::one(writing.transaction, text, vec![writing.organization.into(), id.0.into()]).await?;
    Ok(Some(found.ok_or(Refused::Stale)?.serial))
}

async fn values(writing: &Writing<'_>, category: &ArticleCategory) -> Result<Vec<Value>, Refused> {
    let parent = serial(writing, category.parent).await?;
    Ok(vec![
        parent.into(),
        parent.into(),
        category.name.as_str().into(),
        category.name.as_str().to_lowercase().into(),
        category.description.as_str().into(),
        category.color.as_str().into(),
        micros(category.updated_at).into(),
    ])
}
